import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Ports of a range on 127.0.0.1 that are free for both UDP and TCP at this moment. */
export async function freePorts(
  wanted: number,
  range: { readonly from: number; readonly count: number },
): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < wanted) {
    const port = range.from + Math.floor(Math.random() * range.count);
    if ((await tcpFree(port)) && (await udpFree(port))) found.add(port);
  }
  return [...found];
}

const tcpFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

const udpFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4');
    socket.on('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
