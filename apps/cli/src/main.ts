import { createInterface } from 'node:readline';
import { isCallwrightError } from '@callwright/kernel';
import { deploy } from './commands/deploy.js';
import { run } from './commands/run.js';
import { test } from './commands/test.js';
import { validate } from './commands/validate.js';
import { UsageError, type Command, type Terminal } from './terminal.js';

const COMMANDS: Readonly<Record<string, Command>> = { run, test, validate, deploy };

const USAGE = `Usage:
  callwright run FILE [--param k=v]…                      plays a scenario in the terminal
  callwright test FILE… [--junit FILE]                    runs scenario tests
  callwright validate FILE…                               judges documents as the server does
  callwright deploy FILE --number P [--url U --token T]   publishes a scenario to a number`;

/** Runs one command; gives the exit code: 0 well, 1 findings or failures, 2 bad usage. */
export async function main(args: readonly string[], terminal: Terminal = ofProcess()): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === 'help') {
    terminal.out(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    terminal.err(USAGE);
    return 2;
  }
  try {
    return await command(rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(error.message);
      return 2;
    }
    if (!isCallwrightError(error)) throw error;
    terminal.err(`${error.code}: ${error.message}`);
    return 1;
  }
}

const ofProcess = (): Terminal => ({
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  isScreen: process.stdout.isTTY === true,
  lines: standardInput(),
  env: process.env,
});

/** Reads from the first `for await` on: an interface that is made earlier loses the lines that come before. */
async function* standardInput(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Infinity });
}
