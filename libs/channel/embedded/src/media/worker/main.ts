import { parentPort, workerData } from 'node:worker_threads';
import { MediaWorker } from './media-worker.js';
import type { Command, WorkerOptions } from './protocol.js';

/** The entry of a media thread. What it throws ends it, and the engine starts another. */
const port = parentPort;
if (port) {
  const worker = new MediaWorker(workerData as WorkerOptions, (reports) => port.postMessage(reports));
  port.on('message', (command: Command) => void worker.handle(command));
  await worker.start();
}
