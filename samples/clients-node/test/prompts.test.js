// When people are asked, and how it shows in the ID token.
import assert from 'node:assert/strict';
import { Browser } from '../lib/browser.js';
import { quietly, refused, signedIn, withBoth } from '../lib/cases.js';
import { alice, clients, issuer, tina, tom } from '../lib/house.js';
import { links } from '../lib/html.js';
import { totp } from '../lib/totp.js';

withBoth('prompt=none: login_required, and then a code', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const browser = new Browser(issuer);
  const { url, checks } = await client.request({ prompt: 'none' });
  await refused(client, await browser.open(url), checks, 'login_required');

  const { tokens } = await signedIn(client, alice, {}, browser);
  const other = await library.connect(issuer, clients.post);
  const quiet = await quietly(other, browser);
  assert.equal(quiet.claims.sub, alice.sub);
  assert.equal(quiet.claims.sid, tokens.claims.sid);
  assert.equal(quiet.claims.auth_time, tokens.claims.auth_time);
  await quietly(client, browser, { id_token_hint: tokens.id_token });
});

withBoth('prompt=login asks again, and the session goes on', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { browser, tokens } = await signedIn(client, alice);
  const again = await signedIn(client, alice, { prompt: 'login' }, browser);
  assert.equal(again.tokens.claims.sid, tokens.claims.sid);
  assert(again.tokens.claims.auth_time >= tokens.claims.auth_time);
});

withBoth('max_age: young enough, too old, and auth_time tells', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { browser, tokens } = await signedIn(client, alice, { max_age: '60' });
  assert.equal(typeof tokens.claims.auth_time, 'number');
  const young = await quietly(client, browser, { max_age: '3600' });
  assert.equal(young.claims.auth_time, tokens.claims.auth_time);
  const { url, checks } = await client.request({ prompt: 'none', max_age: '0' });
  await refused(client, await browser.open(url), checks, 'login_required');
  const fresh = await signedIn(client, alice, { max_age: '0' }, browser);
  assert(fresh.tokens.claims.auth_time >= tokens.claims.auth_time);
});

withBoth('a second factor, and stepping up to it', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const person = tom(library);
  const browser = new Browser(issuer);
  const first = await client.request();
  const mfa = await (await browser.open(first.url)).signIn(person);
  const wrong = await mfa.prove(totp(person.totp, -9));
  assert.match(wrong.html, /role="alert"/);
  const left = await wrong.prove(totp(person.totp), { remember_device: 'true' });
  const both = await client.redeem(left.url, first.checks);
  assert.equal(both.claims.acr, '2');
  assert.deepEqual(both.claims.amr, ['pwd', 'otp', 'mfa']);

  // The device is remembered: in a session of its own the password is enough.
  browser.forget('session');
  const { tokens: one } = await signedIn(client, person, {}, browser);
  assert.equal(one.claims.acr, '1');

  const quiet = await client.request({ prompt: 'none', acr_values: '2' });
  await refused(client, await browser.open(quiet.url), quiet.checks, 'login_required');
  const up = await client.request({ acr_values: '2' });
  const stepped = await (await browser.open(up.url)).prove(totp(person.totp, 1));
  const two = await client.redeem(stepped.url, up.checks);
  assert.equal(two.claims.acr, '2');
  assert.equal(two.claims.sid, one.claims.sid);
  assert.equal((await quietly(client, browser, { acr_values: '2' })).claims.acr, '2');
  assert.equal((await quietly(client, browser, { acr_values: '1' })).claims.acr, '1');

  const careful = await library.connect(issuer, clients.careful);
  assert.equal((await quietly(careful, browser)).claims.acr, '2');
});

withBoth('a recovery code instead, and the one that takes its place', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const person = tina(library);
  const { url, checks } = await client.request();
  const mfa = await (await new Browser(issuer).open(url)).signIn(person);
  const [way] = links(mfa.html).filter((link) => link.includes('recovery-code'));
  const recovery = await mfa.browser.open(new URL(way, mfa.url));
  const shown = await recovery.shows('mfa').submit({ recovery_code: person.recoveryCode });
  const left = await shown.shows('recovery-code').submit({});
  assert.equal((await client.redeem(left.url, checks)).claims.acr, '2');
});

withBoth('a context class that is not possible', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { tokens } = await signedIn(client, alice, { acr_values: '2' });
  assert.equal(tokens.claims.acr, '1');
  const { url, checks } = await client.request({
    claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['2'] } } }),
  });
  const left = await (await new Browser(issuer).open(url)).signIn(alice);
  await refused(client, left, checks, 'unmet_authentication_requirements');
});

withBoth('claims one by one', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const claims = { id_token: { email: { essential: true }, auth_time: null }, userinfo: { zoneinfo: null, phone_number: null } };
  const { tokens } = await signedIn(client, alice, { claims: JSON.stringify(claims) });
  assert.equal(tokens.claims.email, 'alice@example.com');
  assert.equal(tokens.claims.zoneinfo, undefined);
  const told = await client.userInfo(tokens.access_token, alice.sub);
  assert.deepEqual(told, { sub: alice.sub, zoneinfo: 'Europe/London' });
});

withBoth('a request about somebody else', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { browser } = await signedIn(client, alice);
  const claims = JSON.stringify({ id_token: { sub: { value: 'somebody else' } } });
  const { url, checks } = await client.request({ prompt: 'none', claims });
  await refused(client, await browser.open(url), checks, 'login_required');
});
