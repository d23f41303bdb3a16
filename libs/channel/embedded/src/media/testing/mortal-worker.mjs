import { parentPort } from 'node:worker_threads';

/** A media worker that opens sessions and dies of the first key that it is to send. For tests of the engine's recovery. */
parentPort.postMessage([{ type: 'ready', transport: 'none', inBand: 'own' }]);
parentPort.on('message', (commands) => {
  for (const command of commands) obey(command);
});

function obey(command) {
  if (command.type === 'open') {
    parentPort.postMessage([{ type: 'opened', session: command.session, localPort: command.port, descriptors: [] }]);
  }
  if (command.type === 'send-digits') throw new Error('struck by a key');
  if (command.type === 'stop') parentPort.close();
}
