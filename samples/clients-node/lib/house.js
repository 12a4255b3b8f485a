// The server and the people of server.yaml.
const port = process.env.MINTMARK_PORT ?? '9000';

export const issuer = `http://127.0.0.1:${port}`;
export const issuerWithPath = `${issuer}/houses/one`;
export const logoutPort = Number(process.env.MINTMARK_LOGOUT_PORT ?? '9010');

const key = 'a-secret-that-is-long-enough-to-be-a-key';

/** What a client is registered as: its name, its secret, how it proves itself, where it is redirected to. */
export const clients = {
  basic: { id: 'basic: shop & sons', secret: 'a secret: 100% + ünsafe & long enough' },
  post: { id: 'post', secret: 'a-secret-that-goes-into-the-form', method: 'client_secret_post' },
  native: { id: 'native', method: 'none', redirectUri: 'http://127.0.0.1/cb' },
  partner: { id: 'partner', secret: 'a-secret-of-people-elsewhere', redirectUri: 'https://partner.example/cb' },
  pushing: { id: 'pushing', secret: 'a-secret-of-one-that-pushes' },
  careful: {
    id: 'careful',
    secret: 'a-secret-of-one-that-is-careful',
    metadata: { default_max_age: 3600, require_auth_time: true },
  },
  leaving: { id: 'leaving', secret: 'a-secret-of-one-that-is-told' },
  television: { id: 'television', method: 'none' },
  signed: (alg) => ({
    id: `signed-${alg}`,
    secret: key,
    metadata: { id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg },
  }),
  sector: (name, host) => ({
    id: `sector-${name}`,
    secret: 'a-secret-of-one-of-three',
    redirectUri: `https://${host}.example/cb`,
  }),
};

export const alice = { username: 'alice', password: 'correct hörse & <battery> "staple" +%', sub: '1302' };
export const aliceOfOne = { username: 'alice', password: 'another password of alice', sub: 'alice-of-one' };

/** People of a library's own: what they allowed is remembered, and their codes are good once. */
export const carol = (library) => ({
  username: `carol of ${library.name}`,
  password: 'a password of carol',
  sub: `carol-${library.name}`,
});
export const tom = (library) => ({
  username: `tom of ${library.name}`,
  password: 'a password of tom',
  totp: 'JBSWY3DPEHPK3PXP',
});
export const tina = (library) => ({
  username: `tina of ${library.name}`,
  password: 'a password of tina',
  totp: 'JBSWY3DPEHPK3PXP',
  recoveryCode: '8f3k-22mq',
});
