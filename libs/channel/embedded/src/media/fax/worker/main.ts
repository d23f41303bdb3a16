import { parentPort, workerData } from 'node:worker_threads';
import { FaxWorker } from './fax-worker.js';
import type { FaxCommand, FaxWorkerOptions } from './protocol.js';

/** The entry of a fax thread. What it throws ends it; its faxes fail, and the next one starts another. */
const port = parentPort;
if (port) {
  const worker = new FaxWorker(workerData as FaxWorkerOptions, (reports) => port.postMessage(reports));
  port.on('message', (command: FaxCommand) => {
    worker.handle(command);
    if (command.type === 'shut-down') port.close();
  });
  worker.start();
}
