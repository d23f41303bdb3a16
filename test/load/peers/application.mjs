/**
 * What a developer would write on drachtio-srf and drachtio-fsmrf for the calls of the benchmarks: answer, play a file a number of
 * times, hang up. A process of its own, told by its parent what each number does; it says `ready` once it takes calls.
 *
 *   { drachtio: { port, secret }, freeswitch: { port, secret }, announcements: { number: { file, times } } }
 */
import Mrf from 'drachtio-fsmrf';
import Srf from 'drachtio-srf';

const LOOPBACK = '127.0.0.1';
const { drachtio, freeswitch } = JSON.parse(process.argv[2]);
const announcements = new Map();

const srf = new Srf();
const mediaServer = new Promise((resolve, reject) => {
  srf.connect({ host: LOOPBACK, ...drachtio });
  srf.on('error', reject);
  // Once: it comes again after each reconnection, and a second connection to the media server would be one too many.
  srf.once('connect', (error) => {
    if (error) return reject(error);
    new Mrf(srf).connect({ address: LOOPBACK, listenAddress: LOOPBACK, ...freeswitch }).then(resolve, reject);
  });
}).then((server) => {
  withoutDelay(server.conn);
  return server;
});

/** drachtio-modesl 1.3.1 writes a command in several pieces; with Nagle's algorithm each would wait for 40 ms. */
function withoutDelay(connection) {
  connection.socket.setNoDelay(true);
}

srf.invite(async (req, res) => {
  const server = await mediaServer;
  const announcement = announcements.get(/^sip:([^@]*)@/.exec(req.uri)?.[1]);
  if (!announcement) return res.send(404);
  let endpoint, dialog;
  try {
    ({ endpoint, dialog } = await server.connectCaller(req, res));
  } catch (error) {
    if (!res.finalResponseSent) res.send(error.status ?? 500);
    return;
  }
  withoutDelay(endpoint.conn);
  let gone = false;
  dialog.on('destroy', () => {
    gone = true;
    void endpoint.destroy();
  });
  try {
    for (let n = 0; n < announcement.times && !gone; n++) await endpoint.play(announcement.file);
  } catch (error) {
    console.error(error);
  }
  if (gone) return;
  void dialog.destroy();
  void endpoint.destroy();
});

// An endpoint that never comes into being under overload is given up by fsmrf in a way that nobody can catch.
process.on('unhandledRejection', (reason) => console.error(`unhandled: ${reason}`));

process.on('message', (told) => {
  for (const [number, announcement] of Object.entries(told)) announcements.set(number, announcement);
  process.send('told');
});
process.on('disconnect', () => process.exit(0));

await mediaServer;
process.send('ready');
