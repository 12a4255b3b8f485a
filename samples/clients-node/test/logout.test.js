// Signing out, and who is told of it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { fails, quietly, refused, signedIn, withBoth } from '../lib/cases.js';
import { alice, clients, issuer, logoutPort } from '../lib/house.js';
import { receiver } from '../lib/receiver.js';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const BYE = 'https://shop.example/bye';
let app;
before(async () => {
  app = await receiver(logoutPort);
});
after(() => app.close());

/** The one logout token that came. */
async function told(client) {
  const post = await app.next();
  assert.equal(post.method, 'POST');
  assert.equal(new URL(post.url).pathname, '/logout');
  assert.equal(post.headers.get('content-type'), 'application/x-www-form-urlencoded');
  const form = new URLSearchParams(await post.text());
  assert.deepEqual([...form.keys()], ['logout_token']);
  const keys = createRemoteJWKSet(new URL(client.server.jwks_uri));
  const { payload } = await jwtVerify(form.get('logout_token'), keys, {
    issuer,
    audience: client.registered.id,
    typ: 'logout+jwt',
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
  });
  assert.deepEqual(payload.events, { [EVENT]: {} });
  assert.equal(payload.nonce, undefined);
  return payload;
}

async function isOut(client, browser) {
  const { url, checks } = await client.request({ prompt: 'none' });
  await refused(client, await browser.open(url), checks, 'login_required');
}

withBoth('with the ID token, at once; the client is told over the back channel', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  assert.equal(client.server.backchannel_logout_supported, true);
  assert.equal(client.server.backchannel_logout_session_supported, true);
  const { browser, tokens } = await signedIn(client, alice);
  const left = await browser.open(
    client.logout({ id_token_hint: tokens.id_token, post_logout_redirect_uri: BYE, state: 'the & state' }),
  );
  assert.equal(left.url.origin + left.url.pathname, BYE);
  assert.deepEqual([...left.answer], [['state', 'the & state']]);
  const logout = await told(client);
  assert.equal(logout.sub, alice.sub);
  assert.equal(logout.sid, tokens.claims.sid);
  await isOut(client, browser);
  assert.equal((await client.introspect(tokens.access_token)).active, false);
});

withBoth('without it the person is asked: no, and then yes', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  const { browser, tokens } = await signedIn(client, alice);
  const url = client.logout({ post_logout_redirect_uri: `${BYE}?from=here`, state: 's' });
  const staying = await (await browser.open(url)).shows('logout').decide('deny');
  staying.shows('signed-out');
  await quietly(client, browser);
  const left = await (await browser.open(url)).shows('logout').decide('allow');
  assert.equal(left.url.href, `${BYE}?from=here&state=s`);
  assert.equal((await told(client)).sid, tokens.claims.sid);
  await isOut(client, browser);
});

withBoth('posted by another site', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  const { browser, tokens } = await signedIn(client, alice);
  const { origin, pathname, searchParams } = client.logout({
    id_token_hint: tokens.id_token,
    post_logout_redirect_uri: BYE,
    state: 's',
  });
  assert.equal((await browser.post(origin + pathname, searchParams)).url.href, `${BYE}?state=s`);
  assert.equal((await told(client)).sid, tokens.claims.sid);
  await isOut(client, browser);
});

withBoth('tokens end with the session, but for those with offline_access', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  const { browser, tokens } = await signedIn(client, alice, { scope: 'openid api' });
  const lasting = await quietly(client, browser, { scope: 'openid api offline_access' });
  const refreshed = await client.refresh(tokens.refresh_token);
  (await browser.open(client.logout({ id_token_hint: tokens.id_token }))).shows('signed-out');
  await told(client);
  await fails(client.refresh(refreshed.refresh_token), 'invalid_grant');
  await client.refresh(lasting.refresh_token);
});

withBoth('with an ID token that the client secret signed', async (library) => {
  const client = await library.connect(issuer, clients.signed('HS256'));
  const { browser, tokens } = await signedIn(client, alice);
  (await browser.open(client.logout({ id_token_hint: tokens.id_token }))).shows('signed-out');
  await isOut(client, browser);
});

withBoth('without a place to go, the page says so', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  const { browser, tokens } = await signedIn(client, alice);
  (await browser.open(client.logout({ id_token_hint: tokens.id_token }))).shows('signed-out');
  await told(client);
  await isOut(client, browser);
});

withBoth('to a place of nobody: an error page, and nobody is signed out', async (library) => {
  const client = await library.connect(issuer, clients.leaving);
  const { browser, tokens } = await signedIn(client, alice);
  const url = client.logout({ id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://evil.example/' });
  const page = await browser.open(url);
  page.shows('error');
  assert.equal(page.status, 400);
  await quietly(client, browser);
  assert.equal(app.pending(), 0);
});
