import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { passed, until } from '../testing/wait.js';
import { DgramTransport } from './dgram.js';
import type { Endpoint } from './endpoint.js';
import { openRawFdTransport } from './raw-fd.js';
import { PortTaken, type MediaTransport, type SocketPair } from './transport.js';

const raw = openRawFdTransport();
const hasIPv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));

const kinds = [
  { name: 'raw file descriptors', transport: 'reason' in raw ? null : raw },
  { name: 'dgram', transport: new DgramTransport() },
].flatMap(({ name, transport }) => ['127.0.0.1', '::1'].map((address) => ({ name, transport, address })));

for (const { name, transport, address } of kinds) {
  const reason = transport === null ? 'no raw sockets here' : address === '::1' && !hasIPv6 ? 'no IPv6 here' : null;
  describe.skipIf(reason !== null)(
    `sockets by ${name} on ${address}${reason === null ? '' : ` (skipped: ${reason})`}`,
    () => {
      const media = transport as MediaTransport;
      const open: { close(): void }[] = [];
      afterEach(() => {
        for (const one of open.splice(0)) one.close();
      });

      /** On a port of our choice, as the engine has it: Linux takes a port that it chose itself away when a socket is unlocked. */
      async function ours(): Promise<SocketPair> {
        for (;;) {
          const port = 40_000 + 2 * Math.floor(Math.random() * 5000);
          const pair = await media.open(address, port).catch((error: unknown) => {
            if (error instanceof PortTaken) return null;
            throw error;
          });
          if (!pair) continue;
          open.push(pair);
          return pair;
        }
      }

      async function phone(): Promise<{ socket: Socket; at: Endpoint; heard: string[] }> {
        const socket = createSocket(address === '::1' ? 'udp6' : 'udp4');
        open.push(socket);
        socket.bind(0, address);
        await once(socket, 'listening');
        const heard: string[] = [];
        socket.on('message', (bytes) => heard.push(bytes.toString()));
        return { socket, at: { address, port: socket.address().port }, heard };
      }

      /** Whatever has come by now. */
      async function received({ rtp }: SocketPair): Promise<string[]> {
        await passed(30);
        const all: string[] = [];
        for (let length = rtp.receive(); length > 0; length = rtp.receive()) {
          all.push(Buffer.from(media.buffer.subarray(0, length)).toString());
        }
        return all;
      }

      const say = (from: { socket: Socket }, text: string, { rtp }: SocketPair) =>
        from.socket.send(text, rtp.localPort, address);
      const answer = ({ rtp }: SocketPair, text: string) => rtp.send(Buffer.from(`${text}!`), text.length);

      it('hear anybody, and say whom, until they are locked', async () => {
        const [pair, friend, stranger] = [await ours(), await phone(), await phone()];
        say(friend, 'hello', pair);
        expect(await received(pair)).toEqual(['hello']);
        expect(pair.rtp.source()).toEqual(friend.at);
        expect(await received(pair)).toEqual([]);

        pair.rtp.target(friend.at);
        say(stranger, 'early', pair);
        await passed(30);
        pair.rtp.lock();
        say(stranger, 'late', pair);
        say(friend, 'mine', pair);
        expect(await received(pair)).toEqual(['mine']);

        pair.rtp.unlock();
        say(stranger, 'again', pair);
        expect(await received(pair)).toEqual(['again']);
      });

      it('send to their target, locked or not, and no byte too much', async () => {
        const [pair, first, second] = [await ours(), await phone(), await phone()];
        pair.rtp.target(first.at);
        answer(pair, 'one');
        pair.rtp.lock();
        answer(pair, 'two');
        await until('both', () => first.heard.length === 2);
        pair.rtp.unlock();
        pair.rtp.target(second.at);
        answer(pair, 'three');
        await until('the third', () => second.heard.length === 1);
        expect([first.heard, second.heard]).toEqual([['one', 'two'], ['three']]);
      });

      it('go on when nobody listens at the target, and past empty datagrams', async () => {
        const [pair, friend] = [await ours(), await phone()];
        const gone = await phone();
        gone.socket.close();
        open.splice(open.indexOf(gone.socket), 1);
        pair.rtp.target(gone.at);
        pair.rtp.lock();
        for (let n = 0; n < 3; n++) answer(pair, 'anybody?');
        expect(await received(pair)).toEqual([]);
        pair.rtp.unlock();
        for (const text of ['', '', 'still here']) say(friend, text, pair);
        expect(await received(pair)).toContain('still here');
      });

      it('carry reports beside the sound', async () => {
        const [pair, friend] = [await ours(), await phone()];
        const reports: { text: string; source: Endpoint }[] = [];
        pair.rtcp.onMessage = (bytes, source) => reports.push({ text: Buffer.from(bytes).toString(), source });
        friend.socket.send('report', pair.rtp.localPort + 1, address);
        await until('it', () => {
          media.pollControl();
          return reports.length === 1;
        });
        expect(reports).toEqual([{ text: 'report', source: friend.at }]);
        pair.rtcp.send(Buffer.from('ours'), friend.at);
        await until('ours', () => friend.heard.length === 1);
      });

      it('say when the port, or the one for reports, is taken, and leave nothing open then', async () => {
        const holder = await phone();
        await expect(media.open(address, holder.at.port)).rejects.toBeInstanceOf(PortTaken);
        await expect(media.open(address, holder.at.port - 1)).rejects.toBeInstanceOf(PortTaken);
      });
    },
  );
}
