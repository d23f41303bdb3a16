import { parentPort, workerData } from 'node:worker_threads';
import { MediaWorker } from './media-worker.js';
import type { Command, WorkerOptions } from './protocol.js';

/** The entry of a media thread. What it throws ends it, and the engine starts another. */
const port = parentPort;
if (port) {
  const worker = new MediaWorker(workerData as WorkerOptions, (reports) => port.postMessage(reports));
  port.on('message', (commands: readonly Command[]) => {
    for (const command of commands) {
      void worker.handle(command).then(() => {
        // With the port closed nothing keeps the thread, and it ends by itself: being terminated amid a system call is no way to go.
        if (command.type === 'stop') port.close();
      });
    }
  });
  await worker.start();
}
