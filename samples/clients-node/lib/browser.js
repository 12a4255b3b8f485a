// A browser as far as a server sees one: it keeps cookies, goes where it is sent, reads forms and sends them. It is strict: what
// the pages' contract does not allow, or a real browser would not do, is an error.
import assert from 'node:assert/strict';
import { forms, textOf } from './html.js';

const MOST_REDIRECTS = 10;

export class Browser {
  #home;
  #cookies = new Map();

  /** Goes where it is sent as long as that is on this host; elsewhere it stops at the door. */
  constructor(issuer) {
    this.#home = new URL(issuer).origin;
  }

  open(url) {
    return this.#go('GET', new URL(url), undefined, () => {});
  }

  /** From a page of another site: what is SameSite stays at home with a POST, and comes along with the GET that may follow. */
  post(url, fields) {
    return this.#go('POST', new URL(url), new URLSearchParams(fields), () => {}, false);
  }

  /** From a page: its Content-Security-Policy says where a form may lead, redirects and all. */
  submit(form, page) {
    assert.equal(form.method, 'post');
    const body = new URLSearchParams(form.fields);
    return this.#go('POST', new URL(form.action, page.url), body, (url) => allowed(page, url));
  }

  /** The names of what it keeps. */
  cookies() {
    return [...this.#cookies.keys()];
  }

  forget(part) {
    for (const name of this.cookies()) if (name.includes(part)) this.#cookies.delete(name);
  }

  async #go(method, url, body, check, own = true) {
    for (let i = 0; i < MOST_REDIRECTS; i++) {
      check(url);
      const response = await fetch(url, {
        method,
        body,
        headers: url.origin === this.#home && (own || method === 'GET') ? { cookie: this.#cookieFor(url) } : {},
        redirect: 'manual',
      });
      if (url.origin === this.#home) this.#keep(response);
      const location = response.headers.get('location');
      if (location === null) return Page.read(this, url, response);
      assert.equal(response.status, 303, `${method} ${url} is answered ${response.status}`);
      await response.arrayBuffer();
      [method, url, body] = ['GET', new URL(location, url), undefined];
      if (url.origin !== this.#home) {
        check(url);
        return new Left(url);
      }
    }
    throw new Error('redirected in circles');
  }

  #cookieFor(url) {
    return [...this.#cookies]
      .filter(([, { path }]) => path === '/' || url.pathname === path || url.pathname.startsWith(`${path}/`))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  #keep(response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ');
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const named = new Map(attributes.map((one) => one.split('=')).map(([key, text]) => [key.toLowerCase(), text]));
      assert(named.has('httponly'), `${name} can be read by scripts`);
      assert.match(named.get('samesite') ?? '', /^(Lax|Strict)$/, `${name} goes to other sites`);
      if (named.get('max-age') === '0') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path: named.get('path') ?? '/' });
    }
  }
}

/** Browsers hold redirects after a form against form-action, too. */
function allowed(page, url) {
  const sources = /form-action ([^;]*)/.exec(page.policy)?.[1].split(' ') ?? [];
  const origin = new URL(page.url).origin;
  const fits = (source) => source === url.origin || source === url.protocol || (source === "'self'" && url.origin === origin);
  assert(sources.some(fits), `form-action ${sources.join(' ')} does not allow ${url}`);
}

/** The browser was sent to the client. */
class Left {
  constructor(url) {
    this.url = url;
  }

  /** What the client is told. */
  get answer() {
    return this.url.searchParams;
  }

  shows(page) {
    assert.fail(`not at the page ${page} but at ${this.url}`);
  }
}

class Page {
  static async read(browser, url, response) {
    const page = new Page();
    page.browser = browser;
    page.url = url.href;
    page.status = response.status;
    page.html = await response.text();
    page.policy = response.headers.get('content-security-policy') ?? '';
    page.response = response;
    page.page = /<body data-page="([a-z-]+)">/.exec(page.html)?.[1];
    return page;
  }

  /** What the contract says of this page. */
  shows(name) {
    assert.equal(this.page, name, `${this.status} ${this.url}\n${this.html}`);
    assert.match(this.response.headers.get('content-type'), /^text\/html; *charset=utf-8$/i);
    assert.match(this.policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(this.policy, /unsafe-inline|unsafe-eval/);
    assert.match(this.response.headers.get('cache-control'), /no-store/);
    return this;
  }

  /** The text of the page, without its markup. */
  get text() {
    return textOf(this.html);
  }

  /** The one form that has these fields, and one button for each decision; filled in. */
  fill(fields, decision) {
    const fitting = forms(this.html).filter(
      (form) =>
        Object.keys(fields).every((name) => form.inputs.some((input) => input.name === name)) &&
        (decision === undefined || form.buttons.some((button) => button.name === 'decision')),
    );
    assert.equal(fitting.length, 1, `forms with ${Object.keys(fields)} ${decision ?? ''}\n${this.html}`);
    const [form] = fitting;
    const hidden = form.inputs.filter((input) => input.type === 'hidden').map((input) => [input.name, input.value]);
    const entered = Object.entries(fields).filter(([name]) => !hidden.some(([other]) => other === name));
    return { ...form, fields: [...hidden, ...entered, ...pressed(form, decision)] };
  }

  submit(fields, decision) {
    return this.browser.submit(this.fill(fields, decision), this);
  }

  signIn({ username, password }) {
    this.shows('login');
    this.#has('username', 'username');
    this.#has('password', 'current-password');
    return this.submit({ username, password });
  }

  /** The second factor. */
  prove(otp, more = {}) {
    this.shows('mfa');
    this.#has('otp', 'one-time-code');
    return this.submit({ otp, ...more });
  }

  decide(decision) {
    return this.submit({}, decision);
  }

  allow() {
    return this.shows('consent').decide('allow');
  }

  #has(name, autocomplete) {
    const found = forms(this.html)
      .flatMap((form) => form.inputs)
      .filter((input) => input.name === name);
    assert.deepEqual(
      found.map((input) => input.autocomplete),
      [autocomplete],
    );
  }
}

function pressed(form, decision) {
  if (decision === undefined) {
    assert.equal(form.buttons.length, 1, 'a form has one button');
    return [];
  }
  assert.deepEqual(
    form.buttons.map((button) => [button.name, button.value]),
    [
      ['decision', 'allow'],
      ['decision', 'deny'],
    ],
  );
  return [['decision', decision]];
}
