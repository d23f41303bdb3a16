import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Verdict } from '@callwright/sip';
import { afterEach, expect, it } from 'vitest';
import { passed, until } from '../../media/testing/wait.js';
import { TCP_LIMITS, TcpTransport, type TcpLimits } from './tcp.js';
import { TokenBuckets } from './token-buckets.js';
import { UdpTransport } from './udp.js';

const plenty = () => new TokenBuckets({ perSecond: 100_000, burst: 100_000 });
const OPTIONS =
  'OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x@y>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n';

let transport: TcpTransport;
const clients: Socket[] = [];

async function listening(limits: Partial<TcpLimits>): Promise<{ port: number; received: Verdict[] }> {
  const received: Verdict[] = [];
  // A port that is free for UDP is asked for; TCP has its own, which is free as well, most of the time.
  const probe = new UdpTransport('127.0.0.1', plenty());
  const port = await probe.start(0, { receive: () => undefined, knows: () => false }, () => undefined);
  await probe.stop();
  transport = new TcpTransport('127.0.0.1', plenty(), { ...TCP_LIMITS, ...limits });
  await transport.start(
    port,
    { receive: (verdict) => void received.push(verdict), knows: () => false },
    () => undefined,
  );
  return { port, received };
}

function client(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  clients.push(socket);
  return socket;
}

afterEach(async () => {
  for (const socket of clients.splice(0)) socket.destroy();
  await transport.stop();
});

it('half a message is given its time from the first byte on, however slowly the rest comes (A4)', async () => {
  const { port, received } = await listening({ messageMs: 300 });
  const socket = client(port);
  let closed = false;
  socket.on('close', () => (closed = true));
  const began = performance.now();
  for (const byte of Buffer.from(OPTIONS)) {
    if (closed) break;
    socket.write(Buffer.of(byte));
    await passed(20);
  }
  expect(closed).toBe(true);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(received).toEqual([]);
});

it('a connection that brings nothing is closed, one that brought a message stays', async () => {
  const { port, received } = await listening({ messageMs: 300, idleMs: 60_000 });
  const mute = client(port);
  const speaks = client(port);
  speaks.write(OPTIONS);
  await once(mute, 'close');
  await passed(100);
  expect(received).toHaveLength(1);
  expect(speaks.destroyed).toBe(false);
});

it('five hundred half messages keep nobody out for long, and one source has its share of connections', async () => {
  const { port, received } = await listening({ messageMs: 600, connectionsPerSource: 200 });
  const halves = Array.from({ length: 500 }, () => client(port));
  for (const socket of halves) socket.write(OPTIONS.slice(0, 60));
  await until('the ones beyond the limit are closed', () => halves.filter(({ destroyed }) => destroyed).length >= 300);
  await until('all are closed', () => halves.every(({ destroyed }) => destroyed));
  client(port).write(OPTIONS);
  await until('an honest one is heard', () => received.length === 1);
});

it('a header without end is cut at 64 KiB', async () => {
  const { port } = await listening({});
  const socket = client(port);
  socket.write(`OPTIONS sip:x@y SIP/2.0\r\nX: ${'a'.repeat(70_000)}`);
  await once(socket, 'close');
});
