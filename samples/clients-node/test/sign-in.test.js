// A person signs in with a browser, and the client gets tokens.
import assert from 'node:assert/strict';
import { compactVerify } from 'jose';
import { Browser } from '../lib/browser.js';
import { fails, refused, signedIn, withBoth } from '../lib/cases.js';
import { alice, carol, clients, issuer } from '../lib/house.js';
import { links } from '../lib/html.js';
import { receiver } from '../lib/receiver.js';

withBoth('discovery tells what the server does', async (library) => {
  const { server } = await library.connect(issuer, clients.basic);
  assert.equal(server.issuer, issuer);
  assert.equal(server.authorization_response_iss_parameter_supported, true);
  assert.deepEqual(server.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(server.response_types_supported, ['code']);
  assert(server.id_token_signing_alg_values_supported.includes('RS256'));
  assert(server.subject_types_supported.includes('pairwise'));
  assert(server.scopes_supported.includes('openid'));
  const oauth = await library.connect(issuer, clients.basic, 'oauth2');
  assert.deepEqual(oauth.server, server);
});

for (const [registered, how] of [
  [clients.basic, 'client_secret_basic'],
  [clients.post, 'client_secret_post'],
  [clients.native, 'a public client'],
]) {
  withBoth(`code and PKCE: ${how}`, async (library) => {
    const client = await library.connect(issuer, registered);
    const { left, tokens } = await signedIn(client, alice, { scope: 'openid profile' });
    assert.equal(left.answer.get('iss'), issuer);
    assert.equal(tokens.claims.sub, alice.sub);
    assert.equal(tokens.claims.aud, registered.id);
    assert.deepEqual(tokens.claims.amr, ['pwd']);
    assert.equal(tokens.claims.acr, '1');
    assert.equal(tokens.claims.name, undefined);
    const told = await client.userInfo(tokens.access_token, alice.sub);
    assert.equal(told.name, 'Alice Liddell');
    assert.equal(told.email, undefined);
  });
}

withBoth('a code is good once, for its client, with its verifier', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { browser, left, checks: used, tokens } = await signedIn(client, alice);
  await fails(client.redeem(left.url, used), 'invalid_grant');
  await fails(client.userInfo(tokens.access_token, alice.sub).catch(challenge), 'invalid_token');

  const { url, checks } = await client.request({ prompt: 'none' });
  const code = await browser.open(url);
  const other = await library.connect(issuer, clients.post);
  await fails(other.redeem(code.url, checks), 'invalid_grant');

  const guess = await client.request({ prompt: 'none' });
  const guessed = await browser.open(guess.url);
  await fails(client.redeem(guessed.url, { ...guess.checks, verifier: checks.verifier }), 'invalid_grant');
});

/** Of a WWW-Authenticate header, what other answers have in their body. */
function challenge(e) {
  throw e.cause?.[0]?.parameters ?? e;
}

withBoth('a wrong client secret', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const wrong = await library.connect(issuer, { ...clients.basic, secret: 'another secret' });
  const { url, checks } = await client.request();
  const left = await (await new Browser(issuer).open(url)).signIn(alice);
  await assert.rejects(wrong.redeem(left.url, checks), (e) => e.status === 401 || e.response?.status === 401);
});

withBoth('a wrong password, and then the right one', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { url, checks } = await client.request({ login_hint: 'alice' });
  const login = await new Browser(issuer).open(url);
  assert.equal(login.fill({ username: '', password: '' }).inputs.find((input) => input.name === 'username').value, 'alice');
  const again = await login.signIn({ ...alice, password: 'wrong' });
  again.shows('login');
  assert.match(again.html, /role="alert"/);
  const left = await again.signIn(alice);
  assert.equal((await client.redeem(left.url, checks)).claims.sub, alice.sub);
});

withBoth('consent: no, and then yes, and then never again', async (library) => {
  const client = await library.connect(issuer, clients.partner);
  const person = carol(library);
  const browser = new Browser(issuer);
  const first = await client.request({ scope: 'openid email' });
  const asked = await (await browser.open(first.url)).signIn(person);
  asked.shows('consent');
  assert.match(asked.text, /<b>Partner<\/b> & "Friends"/);
  assert.deepEqual(links(asked.html), ['https://partner.example/policy', 'https://partner.example/terms']);
  await refused(client, await asked.decide('deny'), first.checks, 'access_denied');

  const quiet = await client.request({ scope: 'openid email', prompt: 'none' });
  await refused(client, await browser.open(quiet.url), quiet.checks, 'consent_required');

  const second = await client.request({ scope: 'openid email' });
  const left = await (await browser.open(second.url)).allow();
  const tokens = await client.redeem(left.url, second.checks);
  assert.equal((await client.userInfo(tokens.access_token, person.sub)).email, 'carol@example.com');

  const third = await client.request({ scope: 'openid email', prompt: 'none' });
  await client.redeem((await browser.open(third.url)).url, third.checks);
  const more = await client.request({ scope: 'openid email profile', prompt: 'none' });
  await refused(client, await browser.open(more.url), more.checks, 'consent_required');
  const once = await client.request({ scope: 'openid email', prompt: 'consent' });
  await client.redeem((await (await browser.open(once.url)).allow()).url, once.checks);
});

withBoth('response_mode=fragment', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const { url, checks } = await client.request({ response_mode: 'fragment' });
  const left = await (await new Browser(issuer).open(url)).signIn(alice);
  assert.equal(left.url.search, '');
  const answer = new URL(left.url);
  answer.search = answer.hash.slice(1);
  answer.hash = '';
  assert.equal((await client.redeem(answer, checks)).claims.sub, alice.sub);
});

withBoth('response_mode=form_post', async (library) => {
  const app = await receiver();
  try {
    const client = await library.connect(issuer, clients.native);
    const { url, checks } = await client.request({ response_mode: 'form_post', redirect_uri: app.url('/cb') });
    const page = await (await new Browser(issuer).open(url)).signIn(alice);
    page.shows('form-post');
    const thanks = await page.submit({});
    assert.equal(thanks.status, 200);
    const posted = await app.next();
    assert.equal(posted.method, 'POST');
    assert.equal((await client.redeem(posted, checks)).claims.sub, alice.sub);
  } finally {
    app.close();
  }
});

withBoth('what goes wrong is told the way that was asked for', async (library) => {
  const client = await library.connect(issuer, clients.native);
  const fragment = await client.request({ response_mode: 'fragment', prompt: 'none' });
  const left = await new Browser(issuer).open(fragment.url);
  assert.equal(new URLSearchParams(left.url.hash.slice(1)).get('error'), 'login_required');

  const app = await receiver();
  try {
    const posted = await client.request({ response_mode: 'form_post', prompt: 'none', redirect_uri: app.url('/cb') });
    await (await new Browser(issuer).open(posted.url)).shows('form-post').submit({});
    await fails(client.redeem(await app.next(), posted.checks), 'login_required');
  } finally {
    app.close();
  }

  for (const [wrong, code] of [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ request: 'e30.e30.' }, 'request_not_supported'],
    [{ scope: 'openid nonsense' }, 'invalid_scope'],
    [{ max_age: '-1' }, 'invalid_request'],
  ]) {
    const { url, checks } = await client.request();
    for (const [name, value] of Object.entries(wrong)) url.searchParams.set(name, value);
    await refused(client, await new Browser(issuer).open(url), checks, code);
  }
});

withBoth('a request that another site posts', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  const browser = new Browser(issuer);
  const first = await client.request();
  const login = await browser.post(first.url.origin + first.url.pathname, first.url.searchParams);
  await client.redeem((await login.signIn(alice)).url, first.checks);
  const second = await client.request({ prompt: 'none' });
  const left = await browser.post(second.url.origin + second.url.pathname, second.url.searchParams);
  assert.equal((await client.redeem(left.url, second.checks)).claims.sub, alice.sub);
});

withBoth('pushed authorization requests', async (library) => {
  const client = await library.connect(issuer, clients.pushing);
  const direct = await client.request({ scope: 'openid profile' });
  const refusal = await new Browser(issuer).open(direct.url);
  await refused(client, refusal, direct.checks, 'invalid_request');

  const { url, checks } = await client.push({ scope: 'openid profile' });
  assert.deepEqual([...url.searchParams.keys()].sort(), ['client_id', 'request_uri']);
  const left = await (await new Browser(issuer).open(url)).signIn(alice);
  assert.equal((await client.redeem(left.url, checks)).claims.sub, alice.sub);

  const again = await new Browser(issuer).open(url);
  again.shows('error');
  assert.equal(again.status, 400);
  assert.match(again.text, /invalid_request_uri/);

  await fails(client.push({ redirect_uri: 'https://elsewhere.example/cb' }), 'invalid_request');
});

for (const alg of ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']) {
  withBoth(`ID tokens and UserInfo signed with ${alg}`, async (library) => {
    const client = await library.connect(issuer, clients.signed(alg));
    const { tokens } = await signedIn(client, alice, { scope: 'openid email' });
    const told = await client.userInfo(tokens.access_token, alice.sub);
    assert.equal(told.email, 'alice@example.com');
    assert.equal(told.iss, issuer);
    assert.equal(told.aud, `signed-${alg}`);
  });
}

withBoth('ID tokens signed with the client secret', async (library) => {
  const registered = clients.signed('HS256');
  const client = await library.connect(issuer, registered);
  const { tokens } = await signedIn(client, alice, { scope: 'openid email' });
  const { protectedHeader } = await compactVerify(tokens.id_token, new TextEncoder().encode(registered.secret));
  assert.equal(protectedHeader.alg, 'HS256');
  assert.equal((await client.userInfo(tokens.access_token, alice.sub)).email, 'alice@example.com');
});

withBoth('an unknown client and a redirect URI of nobody stay at an error page', async (library) => {
  const client = await library.connect(issuer, clients.basic);
  for (const wrong of [{ client_id: 'nobody' }, { redirect_uri: 'https://evil.example/cb' }]) {
    const { url } = await client.request();
    for (const [key, value] of Object.entries(wrong)) url.searchParams.set(key, value);
    const page = await new Browser(issuer).open(url);
    page.shows('error');
    assert.equal(page.status, 400);
    assert.match(page.text, /invalid_request/);
  }
});
