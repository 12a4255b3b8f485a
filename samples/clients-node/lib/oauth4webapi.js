// The library oauth4webapi, as the cases use it.
import * as oauth from 'oauth4webapi';
import { honest } from './request.js';

export const name = 'oauth4webapi';

const METHODS = {
  client_secret_basic: oauth.ClientSecretBasic,
  client_secret_post: oauth.ClientSecretPost,
  none: oauth.None,
};
const http = { [oauth.allowInsecureRequests]: true };

/** Finds the server, by OpenID Connect Discovery unless told otherwise, and is one of its clients. */
export async function connect(issuer, registered, algorithm = 'oidc') {
  const url = new URL(issuer);
  const found = await oauth.discoveryRequest(url, { algorithm, ...http });
  return new Client(await oauth.processDiscoveryResponse(url, found), registered);
}

class Client {
  constructor(server, registered) {
    const { id, secret, method = 'client_secret_basic', metadata = {} } = registered;
    this.server = server;
    this.registered = registered;
    this.client = { client_id: id, ...metadata };
    this.proof = METHODS[method](secret);
    this.symmetric = metadata.id_token_signed_response_alg === 'HS256';
  }

  async request(more = {}) {
    const { parameters, checks } = await honest(this.registered, more);
    return { url: this.#authorize(parameters), checks };
  }

  async push(more = {}) {
    const { parameters, checks } = await honest(this.registered, more);
    const pushed = await oauth.pushedAuthorizationRequest(
      this.server,
      this.client,
      this.proof,
      new URLSearchParams({ client_id: this.client.client_id, ...parameters }),
      http,
    );
    const { request_uri } = await oauth.processPushedAuthorizationResponse(this.server, this.client, pushed);
    return { url: this.#authorize({ request_uri }), checks };
  }

  #authorize(parameters) {
    return this.#at('authorization_endpoint', { client_id: this.client.client_id, ...parameters });
  }

  #at(endpoint, parameters) {
    const url = new URL(this.server[endpoint]);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    return url;
  }

  /** The tokens for an answer: a URL or, if it was posted, a Request. */
  async redeem(answer, checks) {
    const told = answer instanceof Request ? new URLSearchParams(await oauth.formPostResponse(answer)) : answer;
    const parameters = oauth.validateAuthResponse(this.server, this.client, told, checks.state);
    const response = await oauth.authorizationCodeGrantRequest(
      this.server,
      this.client,
      this.proof,
      parameters,
      checks.redirectUri,
      checks.verifier,
      http,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(this.server, this.client, response, {
      expectedNonce: checks.nonce,
      maxAge: checks.maxAge,
      requireIdToken: true,
    });
    await this.#verify(response);
    return { ...tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
  }

  /** Signatures are checked even where the connection vouches for them; with HS256 this library never does. */
  async #verify(response) {
    if (!this.symmetric) await oauth.validateApplicationLevelSignature(this.server, response, http);
  }

  async refresh(token, more) {
    const response = await oauth.refreshTokenGrantRequest(this.server, this.client, this.proof, token, {
      additionalParameters: more,
      ...http,
    });
    return oauth.processRefreshTokenResponse(this.server, this.client, response);
  }

  async credentials(more) {
    const parameters = new URLSearchParams(more);
    const response = await oauth.clientCredentialsGrantRequest(this.server, this.client, this.proof, parameters, http);
    return oauth.processClientCredentialsResponse(this.server, this.client, response);
  }

  async userInfo(token, sub) {
    const response = await oauth.userInfoRequest(this.server, this.client, token, http);
    const claims = await oauth.processUserInfoResponse(this.server, this.client, sub, response);
    if (oauth.getContentType(response) === 'application/jwt') await this.#verify(response);
    return claims;
  }

  async introspect(token) {
    const response = await oauth.introspectionRequest(this.server, this.client, this.proof, token, http);
    return oauth.processIntrospectionResponse(this.server, this.client, response);
  }

  async revoke(token) {
    const response = await oauth.revocationRequest(this.server, this.client, this.proof, token, http);
    return oauth.processRevocationResponse(response);
  }

  async device(more) {
    const parameters = new URLSearchParams(more);
    const response = await oauth.deviceAuthorizationRequest(this.server, this.client, this.proof, parameters, http);
    return oauth.processDeviceAuthorizationResponse(this.server, this.client, response);
  }

  /** Once the person is done; how long devices wait is not tried here. */
  async poll({ device_code }) {
    const response = await oauth.deviceCodeGrantRequest(this.server, this.client, this.proof, device_code, http);
    const tokens = await oauth.processDeviceCodeResponse(this.server, this.client, response);
    await this.#verify(response);
    return { ...tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
  }

  logout(parameters) {
    return this.#at('end_session_endpoint', { client_id: this.client.client_id, ...parameters });
  }
}
