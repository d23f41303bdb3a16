import { ConfigurationError, readConfig } from './platform/config/config.js';
import { Server } from './server.js';

/** Starts the product, says where it is, and ends it in order. */
async function main(): Promise<void> {
  const server = await Server.start(readConfig(process.env));
  say(`Designer  ${server.url}`);
  say(`SIP       ${server.sipUri}`);
  if (server.setUpUrl !== null) say(`Set-up    ${server.setUpUrl}`);
  say('Ready');

  process.on('uncaughtException', (error) => server.fault(error));
  process.on('unhandledRejection', (error) => server.fault(error));

  let asked = 0;
  const end = (signal: NodeJS.Signals) => {
    asked += 1;
    // Once: calls may end by themselves. Twice, or from the keyboard: now.
    const closed = asked === 1 && signal === 'SIGTERM' ? server.shutDown() : server.close();
    closed.then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The process could not end in order: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigurationError ? error.message : String((error as Error).stack ?? error)}\n`,
  );
  process.exit(1);
});
