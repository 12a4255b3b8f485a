import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';

const CALLBACK = 'https://shop.example/cb';

/** An honest authorization request, and what the client keeps to check the answer by. */
export async function honest(registered, more) {
  const checks = {
    redirectUri: registered.redirectUri ?? CALLBACK,
    state: generateRandomState(),
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
    maxAge: more.max_age === undefined ? undefined : Number(more.max_age),
  };
  const parameters = {
    response_type: 'code',
    redirect_uri: checks.redirectUri,
    scope: 'openid',
    state: checks.state,
    nonce: checks.nonce,
    code_challenge: await calculatePKCECodeChallenge(checks.verifier),
    code_challenge_method: 'S256',
    ...more,
  };
  checks.redirectUri = parameters.redirect_uri;
  return { parameters, checks };
}
