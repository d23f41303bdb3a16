import { readFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { once } from 'node:events';
import { readDatagram, type SipMessage } from '@callwright/sip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedTelephony } from '../embedded-telephony.js';
import { passed, until } from '../media/testing/wait.js';
import { FakeMedia } from '../testing/fake-media.js';
import { TestHost } from '../testing/test-host.js';

interface Expectation {
  readonly tests: string;
  readonly answer: number | null;
  readonly stream?: string;
}
const folder = new URL('../../../../sip/fixtures/rfc4475/', import.meta.url);
const expectations = Object.entries(
  JSON.parse(readFileSync(new URL('expectations.json', folder), 'utf8')) as Record<string, Expectation>,
);
const fixture = (name: string) => readFileSync(new URL(`${name}.sip`, folder));

/** Replies go to the port of the Via (RFC 3261 section 18.2.2), so the top Via must ask for the port that they came from. */
const withRport = (bytes: Buffer) =>
  Buffer.from(bytes.toString('latin1').replace(/^(v(?:ia)?[ \t]*:(?:[^\r\n,]|\r\n[ \t])*)/im, '$1;rport'), 'latin1');

describe('the torture messages of RFC 4475 at a real socket (gate A1)', () => {
  const host = new TestHost();
  const telephony = new EmbeddedTelephony({
    sipHost: '127.0.0.1',
    sipPort: 0,
    rtpPortMin: 0,
    rtpPortMax: 0,
    egressAllowed: () => true,
    logger: host.logger,
    host,
    media: new FakeMedia(),
  });
  const socket = createSocket('udp4');
  const replies: SipMessage[] = [];

  beforeAll(async () => {
    await telephony.start();
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.on('message', (bytes) => replies.push(readDatagram(bytes).message));
  });
  afterAll(async () => {
    socket.close();
    await telephony.stop();
    host.dispose();
    expect(host.logged).toEqual([]);
  });

  /** The final status that comes back, or null for silence: an OPTIONS behind it tells when the silence is one. */
  async function answerTo(name: string, expected: number | null): Promise<number | null> {
    const marker = `probe-${name}`;
    replies.length = 0;
    socket.send(withRport(fixture(name)), telephony.sipPort, '127.0.0.1');
    const probe = `OPTIONS sip:x@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK${marker}\r\nFrom: <sip:p@x>;tag=p\r\nTo: <sip:x@y>\r\nCall-ID: ${marker}\r\nCSeq: 1 OPTIONS\r\n\r\n`;
    // Refusals of earlier INVITEs are repeated all the while, for nobody acknowledges them.
    const isOurs = (reply: SipMessage) => (reply.headers.get('Call-ID') ?? `${name}.`).startsWith(`${name}.`);
    const final = () => replies.find((reply) => reply.kind === 'response' && reply.status >= 200 && isOurs(reply));
    if (expected !== null) await until('an answer', () => final() !== undefined);
    else {
      socket.send(probe, telephony.sipPort, '127.0.0.1');
      await until('the probe is answered', () => replies.some((reply) => reply.headers.get('Call-ID') === marker));
      await passed(50);
    }
    const reply = final();
    return reply?.kind === 'response' ? reply.status : null;
  }

  it.each(expectations)('%s over UDP', async (name, { answer }) => {
    // Whose Via cannot be read is answered where it came from.
    expect(await answerTo(name, answer)).toBe(answer);
  });

  it.each(expectations.filter(([, { answer, stream }]) => answer !== null && stream !== 'waits for the rest'))(
    '%s over TCP',
    async (name, { answer }) => {
      const connection = connect(telephony.sipPort, '127.0.0.1');
      let text = '';
      connection.on('data', (bytes) => (text += bytes.toString('latin1')));
      connection.write(fixture(name));
      const final = () => [...text.matchAll(/^SIP\/2\.0 ([2-6][0-9]{2})/gm)].map(([, status]) => Number(status))[0];
      await until('an answer', () => final() !== undefined);
      connection.destroy();
      expect(final()).toBe(answer);
    },
  );
});
