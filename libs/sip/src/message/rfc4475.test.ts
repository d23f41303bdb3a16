import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { torture, TORTURES } from '../testing/rfc4475.js';
import { buildMessage } from './build.js';
import { contactsOf, cseqOf, fromOf, toOf, viasOf } from './fields.js';
import { parseMessage } from './read.js';
import { StreamReader } from './stream.js';
import { judge, judgeDatagram, type Verdict } from './verdict.js';

const wordOf = (verdict: Verdict) => (verdict.do === 'refuse' ? verdict.status : verdict.do);

describe('the torture messages of RFC 4475', () => {
  it('are all there', () => {
    expect(TORTURES).toHaveLength(49);
    const files = readdirSync(new URL('../../fixtures/rfc4475/', import.meta.url)).filter((file) =>
      file.endsWith('.sip'),
    );
    expect(files.sort()).toEqual(TORTURES.map(({ name }) => `${name}.sip`).sort());
  });

  it.each(TORTURES)('$name in a datagram: $tests', ({ name, verdict }) => {
    const judged = judgeDatagram(torture(name));
    expect([wordOf(judged), judged.do === 'accept' ? '' : judged.error.message]).toEqual([verdict, expect.any(String)]);
  });

  it.each(TORTURES)('$name on a stream, byte by byte: $tests', ({ name, verdict, stream }) => {
    const reader = new StreamReader();
    const items = [...torture(name)].flatMap((byte) => reader.push(Uint8Array.of(byte)));
    const words = items.map((item) =>
      item.type === 'ping' || !item.reading ? item.type : wordOf(judge(item.reading)),
    );
    switch (stream) {
      case 'waits for the rest':
        expect(words).toEqual([]);
        expect(reader.pending).toBe(true);
        break;
      case 'two messages':
        expect(words).toEqual(['accept', 'accept']);
        break;
      case 'answered, then closed':
        expect(words).toEqual([verdict]);
        expect(items[0]?.type).toBe('lost');
        break;
      default:
        expect(words).toEqual([name === 'bigcode' ? 'lost' : verdict]);
    }
  });

  it.each(TORTURES.filter(({ verdict }) => verdict === 'accept'))(
    '$name is the same after it was written again',
    ({ name }) => {
      const once = buildMessage(parseMessage(torture(name)));
      expect(buildMessage(parseMessage(once))).toEqual(once);
    },
  );

  it('a short tortuous INVITE says what it says', () => {
    const invite = parseMessage(torture('wsinv'));
    expect(toOf(invite).params.get('tag')).toBe('4711471147k');
    expect(fromOf(invite).displayName).toBe('A Caller \\"');
    expect(cseqOf(invite)).toEqual({ number: 9, method: 'INVITE' });
    expect(viasOf(invite).map((via) => [via.transport, via.host, via.params.get('branch')])).toEqual([
      ['UDP', '198.51.100.2', '571kdjuw'],
      ['TCP', 'spindle.example.com', 'z9hG4bK7qk2j'],
      ['UDP', '192.168.254.11', 'z9hG4bK40239'],
    ]);
    expect(contactsOf(invite)[0]).toMatchObject({ displayName: 'A quoted name ""', uriText: 'sip:caller@example.net' });
    expect(contactsOf(invite)[0]?.params.get('q')).toBe('0.33');
    expect(invite.headers.get('NewFangledHeader')).toBe('newfangled value continued newfangled value');
    expect(invite.body).toHaveLength(Number(invite.headers.get('Content-Length')));
  });
});
