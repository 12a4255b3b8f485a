// As much HTML as the pages have.
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'" };

/** The forms of a page, with their inputs and the buttons that send them. */
export function forms(html) {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes, inner]) => ({
    ...attributesOf(attributes),
    inputs: [...inner.matchAll(/<input\b([^>]*)>/g)].map(([, text]) => attributesOf(text)),
    buttons: [...inner.matchAll(/<button\b([^>]*)>/g)]
      .map(([, text]) => attributesOf(text))
      .filter((button) => button.type === 'submit'),
  }));
}

/** Where a page links to. */
export function links(html) {
  return [...html.matchAll(/<a\b([^>]*)>/g)].map(([, text]) => attributesOf(text).href);
}

export function textOf(html) {
  const body = html.replace(/^.*<body[^>]*>/s, '');
  return unescaped(body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '));
}

function attributesOf(text) {
  const pairs = [...text.matchAll(/([a-z_-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(pairs.map(([, name, value = '']) => [name, unescaped(value)]));
}

function unescaped(text) {
  return text.replace(/&([a-z]+|#[0-9]+);/g, (whole, name) => {
    if (!(name in ENTITIES)) throw new Error(`an entity that nobody expected: ${whole}`);
    return ENTITIES[name];
  });
}
