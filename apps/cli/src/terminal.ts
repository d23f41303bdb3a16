/** What a command reads and writes; tests give their own. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** A person reads `out`; else a file or another program does. */
  readonly isScreen: boolean;
  /** Lines that are typed or piped in. */
  readonly lines: AsyncIterable<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Ends the command with exit code 2 and this sentence. */
export class UsageError extends Error {}

export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;
