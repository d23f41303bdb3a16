import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readAuthHeader } from './auth-header.js';
import { chooseChallenge, DigestClient } from './client.js';
import { digestHa1, digestResponse, type DigestAlgorithm, type DigestHash } from './hash.js';
import { DigestServer } from './server.js';

const hash: DigestHash = (algorithm, text) =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
const ha1 = (password: string) => ({
  MD5: digestHa1(hash, 'MD5', 'ann', 'callwright', password),
  'SHA-256': digestHa1(hash, 'SHA-256', 'ann', 'callwright', password),
});

let made = 0;
const server = (secret = 'secret') =>
  new DigestServer({
    realm: 'callwright',
    hash,
    sign: (text) => createHmac('sha256', secret).update(text).digest('hex'),
    random: () => `r${made++}`,
    nonceTtlMs: 60_000,
  });
const phone = (password = 'pass', realm: string | null = null) =>
  new DigestClient({ username: 'ann', password, realm, hash, random: () => 'cnonce1' });

/** Registers once with the challenge `offered`. */
function answer(challenges: string[], password = 'pass') {
  const client = phone(password);
  expect(client.accept(challenges, 0)).toBe(true);
  return client.authorize('REGISTER', 'sip:192.0.2.1')!;
}

describe('the computation', () => {
  // RFC 7616 section 3.9.1
  const parts = (algorithm: DigestAlgorithm) => ({
    ha1: digestHa1(hash, algorithm, 'Mufasa', 'http-auth@example.org', 'Circle of Life'),
    method: 'GET',
    uri: '/dir/index.html',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    nc: '00000001',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  });
  it('gives the values of RFC 7616', () => {
    expect(digestResponse(hash, 'MD5', parts('MD5'))).toBe('8ca523f5e9506fed4657c9700eebdbec');
    expect(digestResponse(hash, 'SHA-256', parts('SHA-256'))).toBe(
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    );
  });

  it('knows RFC 2069 as well', () => {
    const old = { ...parts('MD5'), nc: null, cnonce: null };
    expect(digestResponse(hash, 'MD5', old)).toBe(
      hash('MD5', `${old.ha1}:${old.nonce}:${hash('MD5', 'GET:/dir/index.html')}`),
    );
  });
});

describe('a server', () => {
  it('offers MD5 first, for phones that stop reading at what they do not know, and SHA-256', () => {
    expect(
      server()
        .challenge(0, '192.0.2.7')
        .map((value) => readAuthHeader(value)?.params.get('algorithm')),
    ).toEqual(['MD5', 'SHA-256']);
  });

  it.each(['SHA-256', 'MD5'] as const)('believes who has the password, with %s', (algorithm) => {
    const us = server();
    const offered = us.challenge(1000, '192.0.2.7').filter((value) => value.includes(`algorithm=${algorithm}`));
    const credentials = us.read([answer(offered)])!;
    expect(credentials.algorithm).toBe(algorithm);
    expect(us.verify(credentials, 'REGISTER', ha1('pass'), '192.0.2.7', 2000)).toBe('ok');
  });

  it('does not believe a wrong password, method or nonce', () => {
    const us = server();
    const good = us.read([answer(us.challenge(0, '192.0.2.7'))])!;
    expect(
      us.verify(us.read([answer(us.challenge(0, '192.0.2.7'), 'guess')])!, 'REGISTER', ha1('pass'), '192.0.2.7', 0),
    ).toBe('wrong');
    expect(us.verify(good, 'INVITE', ha1('pass'), '192.0.2.7', 0)).toBe('wrong');
    expect(
      us.verify(
        { ...good, nonce: us.read([answer(us.challenge(0, '192.0.2.7'))])!.nonce },
        'REGISTER',
        ha1('pass'),
        '192.0.2.7',
        0,
      ),
    ).toBe('wrong');
  });

  it('refuses a replay, and takes the next count of the same nonce', () => {
    const us = server();
    const client = phone();
    client.accept(us.challenge(0, '192.0.2.7'), 0);
    const first = us.read([client.authorize('REGISTER', 'sip:192.0.2.1')!])!;
    const second = us.read([client.authorize('REGISTER', 'sip:192.0.2.1')!])!;
    expect(us.verify(first, 'REGISTER', ha1('pass'), '192.0.2.7', 0)).toBe('ok');
    expect(us.verify(first, 'REGISTER', ha1('pass'), '192.0.2.7', 0)).toBe('stale');
    expect(us.verify(second, 'REGISTER', ha1('pass'), '192.0.2.7', 0)).toBe('ok');
    expect(us.verify(first, 'REGISTER', ha1('pass'), '192.0.2.7', 0)).toBe('stale');
  });

  it('calls a nonce stale that is too old, or of another process', () => {
    const us = server();
    const credentials = us.read([answer(us.challenge(0, '192.0.2.7'))])!;
    expect(us.verify(credentials, 'REGISTER', ha1('pass'), '192.0.2.7', 60_001)).toBe('stale');
    expect(
      us.verify(us.read([answer(server('other').challenge(0, '192.0.2.7'))])!, 'REGISTER', ha1('pass'), '192.0.2.7', 1),
    ).toBe('stale');
    expect(us.challenge(0, '192.0.2.7', { stale: true })[0]).toContain('stale=true');
  });

  it('gives a nonce to one source alone', () => {
    const us = server();
    const credentials = us.read([answer(us.challenge(0, '192.0.2.7'))])!;
    expect(us.isOurs(credentials.nonce, '192.0.2.7')).toBe(true);
    expect(us.isOurs(credentials.nonce, '192.0.2.8')).toBe(false);
    expect(us.verify(credentials, 'REGISTER', ha1('pass'), '192.0.2.8', 0)).toBe('stale');
  });

  it('does not read credentials for another realm or of another scheme', () => {
    expect(server().read([answer(['Digest realm="elsewhere", nonce="n", qop="auth"'])])).toBeNull();
    expect(
      server().read(['NoOneKnowsThisScheme opaque-data=here', 'Basic YTpi', 'Digest realm="callwright"']),
    ).toBeNull();
  });
});

describe('a client', () => {
  const challenge = (realm: string, more = '') => `Digest realm="${realm}", nonce="n1", qop="auth"${more}`;

  it('prefers SHA-256 and leaves what it cannot do', () => {
    expect(
      chooseChallenge(
        [challenge('a'), challenge('a', ', algorithm=SHA-256'), challenge('a', ', algorithm=SHA-512-256')],
        null,
      )?.algorithm,
    ).toBe('SHA-256');
    expect(chooseChallenge([challenge('a', ', algorithm=SHA-512-256')], null)).toBeNull();
    expect(chooseChallenge([challenge('a', ', algorithm=MD5-sess')], null)).toBeNull();
    expect(chooseChallenge(['Digest realm="a", nonce="n", qop="auth-int"'], null)).toBeNull();
  });

  it('answers for its realm alone, and for the first one when none is configured', () => {
    expect(phone('pass', 'callwright').accept([challenge('elsewhere')], 0)).toBe(false);
    const client = phone();
    expect(client.accept([challenge('a')], 0)).toBe(true);
    expect(client.accept([challenge('b')], 0)).toBe(false);
  });

  it('does not try a refused password again, but a stale nonce', () => {
    const client = phone();
    client.accept([challenge('a')], 0);
    expect(client.accept([challenge('a')], 1)).toBe(false);
    expect(client.accept([challenge('a', ', stale=true')], 1)).toBe(true);
  });

  it('counts up with every request and begins anew with a new nonce', () => {
    const client = phone();
    client.accept([challenge('a')], 0);
    const nc = () => readAuthHeader(client.authorize('REGISTER', 'sip:a')!)?.params.get('nc');
    expect([nc(), nc()]).toEqual(['00000001', '00000002']);
    client.accept(['Digest realm="a", nonce="n2", qop="auth", stale=true'], 1);
    expect(nc()).toBe('00000001');
  });
});
