// An issuer with a path, and pairwise subjects.
import assert from 'node:assert/strict';
import { Browser } from '../lib/browser.js';
import { quietly, refused, signedIn, withBoth } from '../lib/cases.js';
import { alice, aliceOfOne, clients, issuer, issuerWithPath } from '../lib/house.js';

for (const algorithm of ['oidc', 'oauth2']) {
  withBoth(`an issuer with a path, found by ${algorithm}`, async (library) => {
    const client = await library.connect(issuerWithPath, clients.post, algorithm);
    assert.equal(client.server.issuer, issuerWithPath);
    assert(client.server.authorization_endpoint.startsWith(`${issuerWithPath}/`));
    const browser = new Browser(issuerWithPath);
    const { url, checks } = await client.request({ scope: 'openid profile offline_access', prompt: 'consent' });
    const left = await (await (await browser.open(url)).signIn(aliceOfOne)).allow();
    assert.equal(left.answer.get('iss'), issuerWithPath);
    const tokens = await client.redeem(left.url, checks);
    assert.equal(tokens.claims.iss, issuerWithPath);
    assert.equal(tokens.claims.acr, 'urn:example:one');
    assert.equal((await client.userInfo(tokens.access_token, aliceOfOne.sub)).name, 'Alice');
    await client.refresh(tokens.refresh_token);
    await quietly(client, browser, { scope: 'openid profile' });

    // Its neighbour on the same host knows nothing of all this.
    const neighbour = await library.connect(issuer, clients.post);
    const quiet = await neighbour.request({ prompt: 'none' });
    await refused(neighbour, await browser.open(quiet.url), quiet.checks, 'login_required');

    const out = client.logout({ id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://shop.example/bye' });
    assert.equal((await browser.open(out)).url.href, 'https://shop.example/bye');
  });
}

withBoth('pairwise: each sector knows a person by a name of its own', async (library) => {
  const one = await library.connect(issuer, clients.sector('one', 'a'));
  const { browser, tokens } = await signedIn(one, alice, { scope: 'openid profile' });
  const sub = tokens.claims.sub;
  assert.notEqual(sub, alice.sub);
  assert.equal((await one.userInfo(tokens.access_token, sub)).name, 'Alice Liddell');
  assert.equal((await one.introspect(tokens.access_token)).sub, sub);
  assert.equal((await quietly(one, browser, { id_token_hint: tokens.id_token })).claims.sub, sub);

  const two = await quietly(await library.connect(issuer, clients.sector('two', 'b')), browser);
  const three = await quietly(await library.connect(issuer, clients.sector('three', 'b')), browser);
  assert.notEqual(two.claims.sub, sub);
  assert.notEqual(two.claims.sub, alice.sub);
  assert.equal(three.claims.sub, two.claims.sub);

  (await browser.open(one.logout({ id_token_hint: tokens.id_token }))).shows('signed-out');
  const { url, checks } = await one.request({ prompt: 'none' });
  await refused(one, await browser.open(url), checks, 'login_required');
});
