import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWav } from '@callwright/media';
import { badMediaFolder } from '../errors.js';
import { commandArguments } from './command.js';
import type { AudioCourier } from './courier.js';
import { joined, type Round } from './rounds.js';

/** Prompts that are kept for the next call; older ones are taken away. */
const MOST_PROMPTS = 2_000;

/** For a FreeSWITCH on the same machine: both see one folder, and a prompt that was played once is there for the next call. */
export class LocalCourier implements AudioCourier {
  readonly #folder: string;
  readonly #prompts = new Map<string, Promise<string>>();

  /** A folder of this process alone. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    try {
      commandArguments(this.#folder);
    } catch {
      throw badMediaFolder(this.#folder);
    }
    await mkdir(join(this.#folder, 'prompts'), { recursive: true });
    await mkdir(join(this.#folder, 'recordings'), { recursive: true });
  }

  async stop(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  bring(round: Round): Promise<string> {
    const known = this.#prompts.get(round.key);
    const path = known ?? this.#write(round);
    this.#prompts.delete(round.key);
    this.#prompts.set(round.key, path);
    path.catch(() => this.#prompts.delete(round.key));
    if (this.#prompts.size > MOST_PROMPTS) this.#forgetOldest();
    return path;
  }

  recordingPlace(): string {
    return join(this.#folder, 'recordings', `${randomUUID()}.wav`);
  }

  async collect(place: string, path: string): Promise<void> {
    // Another file system: a copy, then.
    await rename(place, path).catch(async () => {
      await copyFile(place, path);
      await rm(place, { force: true });
    });
  }

  async #write(round: Round): Promise<string> {
    const name = createHash('sha256').update(round.key).digest('hex').slice(0, 40);
    const path = join(this.#folder, 'prompts', `${name}.wav`);
    // Never half of a file under its name: it may be played the next moment.
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, writeWav(joined(round.parts)));
    await rename(unfinished, path);
    return path;
  }

  #forgetOldest(): void {
    const [key, path] = this.#prompts.entries().next().value!;
    this.#prompts.delete(key);
    // A prompt that is being played is open, and stays until it is closed.
    path.then((file) => rm(file, { force: true })).catch(() => undefined);
  }
}
