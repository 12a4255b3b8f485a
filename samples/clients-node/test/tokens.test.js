// What clients do with tokens afterwards.
import assert from 'node:assert/strict';
import { allowInsecureRequests, protectedResourceRequest, validateJwtAccessToken } from 'oauth4webapi';
import { Browser } from '../lib/browser.js';
import { fails, quietly, signedIn, withBoth } from '../lib/cases.js';
import { alice, clients, issuer } from '../lib/house.js';

for (const [registered, how] of [
  [clients.basic, 'client_secret_basic'],
  [clients.post, 'client_secret_post'],
  [clients.native, 'a public client'],
]) {
  withBoth(`refresh tokens rotate, and a replay ends them all: ${how}`, async (library) => {
    const client = await library.connect(issuer, registered);
    const { tokens } = await signedIn(client, alice, { scope: 'openid offline_access api' });
    const second = await client.refresh(tokens.refresh_token);
    assert.notEqual(second.refresh_token, tokens.refresh_token);
    const narrow = await client.refresh(second.refresh_token, { scope: 'openid api' });
    assert.equal(narrow.scope, 'openid api');
    await fails(client.refresh(tokens.refresh_token), 'invalid_grant');
    await fails(client.refresh(narrow.refresh_token), 'invalid_grant');
  });
}

withBoth('a resource server takes the access token', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const options = { [allowInsecureRequests]: true };
  const asking = ({ access_token }) =>
    new Request('https://api.example/', { headers: { authorization: `Bearer ${access_token}` } });
  const { browser, tokens } = await signedIn(client, alice, { scope: 'openid api' });
  const claims = await validateJwtAccessToken(client.server, asking(tokens), issuer, options);
  assert.equal(claims.sub, alice.sub);
  assert.equal(claims.client_id, clients.basic.id);

  const named = await quietly(client, browser, { scope: 'openid api', resource: 'https://api.example/' });
  assert.equal((await validateJwtAccessToken(client.server, asking(named), 'https://api.example/', options)).scope, 'openid api');
  await assert.rejects(validateJwtAccessToken(client.server, asking(named), issuer, options));
});

withBoth('UserInfo by POST', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { tokens } = await signedIn(client, alice, { scope: 'openid profile' });
  const url = new URL(client.server.userinfo_endpoint);
  const response = await protectedResourceRequest(tokens.access_token, 'POST', url, undefined, undefined, {
    [allowInsecureRequests]: true,
  });
  assert.equal((await response.json()).name, 'Alice Liddell');
});

withBoth('a device without a browser', async (library) => {
  const client = await library.connect(issuer, clients.television);
  const device = await client.device({ scope: 'openid profile' });
  const browser = new Browser(issuer);
  const wrong = await (await browser.open(device.verification_uri)).shows('device').submit({ user_code: 'BBBB-BBBB' });
  assert.match(wrong.shows('device').html, /role="alert"/);
  const login = await wrong.submit({ user_code: device.user_code.toLowerCase() });
  const consent = await login.signIn(alice);
  assert.match(consent.shows('consent').text, new RegExp(device.user_code));
  (await consent.allow()).shows('device-done');
  const tokens = await client.poll(device);
  assert.equal(tokens.claims.sub, alice.sub);
  assert.equal((await client.userInfo(tokens.access_token, alice.sub)).name, 'Alice Liddell');

  const filled = await client.device({ scope: 'openid' });
  const page = await browser.open(filled.verification_uri_complete);
  assert.equal(page.shows('device').fill({}).inputs.find((input) => input.name === 'user_code').value, filled.user_code);
  const refusal = await page.submit({ user_code: filled.user_code });
  (await refusal.shows('consent').decide('deny')).shows('device-done');
  await fails(client.poll(filled), 'access_denied');
});

withBoth('introspection', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { tokens } = await signedIn(client, alice, { scope: 'openid api' });
  const told = await client.introspect(tokens.access_token);
  assert.equal(told.active, true);
  assert.equal(told.sub, alice.sub);
  assert.equal(told.client_id, clients.basic.id);
  assert.equal(told.iss, issuer);
  assert.deepEqual(told.scope.split(' ').sort(), ['api', 'openid']);
  assert.deepEqual(await client.introspect('nothing of this server'), { active: false });
});

withBoth('revocation', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { tokens } = await signedIn(client, alice, { scope: 'openid offline_access' });
  await client.revoke(tokens.refresh_token);
  await fails(client.refresh(tokens.refresh_token), 'invalid_grant');
  assert.deepEqual(await client.introspect(tokens.access_token), { active: false });
  await client.revoke('nothing of this server');
});

withBoth('client credentials', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const tokens = await client.credentials({ scope: 'api' });
  assert.equal(tokens.scope ?? 'api', 'api');
  assert.equal(tokens.refresh_token, undefined);
  assert.equal((await client.introspect(tokens.access_token)).active, true);
});
