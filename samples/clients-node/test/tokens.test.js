// What clients do with tokens afterwards.
import assert from 'node:assert/strict';
import { fails, signedIn, withBoth } from '../lib/cases.js';
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
