// The library openid-client, as the cases use it.
import * as oidc from 'openid-client';
import { honest } from './request.js';

export const name = 'openid-client';

const METHODS = {
  client_secret_basic: oidc.ClientSecretBasic,
  client_secret_post: oidc.ClientSecretPost,
  none: oidc.None,
};

/** Finds the server, by OpenID Connect Discovery unless told otherwise, and is one of its clients. */
export async function connect(issuer, registered, algorithm = 'oidc') {
  const { id, secret, method = 'client_secret_basic', metadata = {} } = registered;
  const config = await oidc.discovery(new URL(issuer), id, metadata, METHODS[method](secret), {
    algorithm,
    execute: [oidc.allowInsecureRequests],
  });
  // Signatures are checked even where the connection vouches for them; with HS256 this library never does.
  if (metadata.id_token_signed_response_alg !== 'HS256') oidc.enableNonRepudiationChecks(config);
  return new Client(config, registered);
}

class Client {
  constructor(config, registered) {
    this.config = config;
    this.registered = registered;
    this.server = config.serverMetadata();
  }

  async request(more = {}) {
    const { parameters, checks } = await honest(this.registered, more);
    return { url: oidc.buildAuthorizationUrl(this.config, parameters), checks };
  }

  async push(more = {}) {
    const { parameters, checks } = await honest(this.registered, more);
    return { url: await oidc.buildAuthorizationUrlWithPAR(this.config, parameters), checks };
  }

  /** The tokens for an answer: a URL or, if it was posted, a Request. */
  async redeem(answer, checks) {
    const tokens = await oidc.authorizationCodeGrant(this.config, answer, {
      pkceCodeVerifier: checks.verifier,
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      maxAge: checks.maxAge,
    });
    return { ...tokens, claims: tokens.claims() };
  }

  refresh(token, more) {
    return oidc.refreshTokenGrant(this.config, token, more);
  }

  credentials(more) {
    return oidc.clientCredentialsGrant(this.config, more);
  }

  userInfo(token, sub) {
    return oidc.fetchUserInfo(this.config, token, sub);
  }

  introspect(token) {
    return oidc.tokenIntrospection(this.config, token);
  }

  revoke(token) {
    return oidc.tokenRevocation(this.config, token);
  }

  device(parameters) {
    return oidc.initiateDeviceAuthorization(this.config, parameters);
  }

  /** Once the person is done; how long devices wait is not tried here. */
  async poll(device) {
    const tokens = await oidc.pollDeviceAuthorizationGrant(this.config, { ...device, interval: 0 });
    return { ...tokens, claims: tokens.claims() };
  }

  logout(parameters) {
    return oidc.buildEndSessionUrl(this.config, parameters);
  }
}
