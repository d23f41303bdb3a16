// Run as a process of its own: floods a SIP port from one socket. Arguments: host, port, packets a second of each kind.
import { createSocket } from 'node:dgram';

const [host = '127.0.0.1', port = '5060', perSecond = '2000'] = process.argv.slice(2);
const STEP_MS = 10;
const socket = createSocket('udp4');
socket.on('message', () => undefined);
socket.bind(0, '127.0.0.1', () => {
  const own = `127.0.0.1:${socket.address().port}`;
  const begun = performance.now();
  let sent = 0;
  const send = (text) => socket.send(text, Number(port), host);
  const written = (method, uri) => {
    const id = `${sent}-${Math.random().toString(36).slice(2)}`;
    return [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${id};rport`,
      'Max-Forwards: 70',
      `From: <sip:scan@${own}>;tag=${id}`,
      `To: <${method === 'REGISTER' ? `sip:${sent % 10_000}@${host}` : uri}>`,
      `Call-ID: ${id}@flood`,
      `CSeq: 1 ${method}`,
      `Contact: <sip:scan@${own}>`,
      'Content-Length: 0',
      '\r\n',
    ].join('\r\n');
  };
  setInterval(() => {
    const due = Math.floor(((performance.now() - begun) / 1000) * Number(perSecond));
    for (; sent < due; sent++) {
      send(written('INVITE', `sip:${90_000 + (sent % 1000)}@${host}:${port}`));
      send(written('REGISTER', `sip:${host}:${port}`));
      if (sent % 4 === 0) send(`GARBAGE ${sent} \r\n${'\u00ff'.repeat(200)}\r\n\r\n`);
    }
  }, STEP_MS);
  process.stdout.write('flooding\n');
});
