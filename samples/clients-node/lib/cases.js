import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser } from './browser.js';
import * as oauth4webapi from './oauth4webapi.js';
import * as openidClient from './openid-client.js';

const LIBRARIES = [openidClient, oauth4webapi];

/** A case, once with each library. */
export function withBoth(title, body) {
  for (const library of LIBRARIES) test(`${title} (${library.name})`, () => body(library));
}

/** Signs a person in: the client's tokens, and how it came to them. */
export async function signedIn(client, person, more = {}, browser = new Browser(client.server.issuer)) {
  const { url, checks } = await client.request(more);
  const left = await (await browser.open(url)).signIn(person);
  return { browser, left, checks, tokens: await client.redeem(left.url, checks) };
}

/** The same for whoever is signed in: nobody is asked. */
export async function quietly(client, browser, more = {}) {
  const { url, checks } = await client.request({ prompt: 'none', ...more });
  return client.redeem((await browser.open(url)).url, checks);
}

/** An answer of the authorization endpoint that is an error, as the library sees it. */
export async function refused(client, left, checks, code) {
  await assert.rejects(client.redeem(left.url, checks), (e) => {
    assert.equal(e.error, code);
    return true;
  });
}

/** An answer of another endpoint that is an error, as the library sees it. */
export async function fails(promise, code) {
  await assert.rejects(promise, (e) => {
    assert.equal(e.error, code, String(e));
    return true;
  });
}
