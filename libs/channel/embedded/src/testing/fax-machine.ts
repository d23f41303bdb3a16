import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFaxOptions } from '@callwright/fax';
import { AudioTerminal, Spandsp, type TerminalEvents } from '@callwright/fax-terminal';
import { chart, writeChart } from '@callwright/fax-terminal/testing';
import { FaxToneDetector } from '@callwright/media';
import type { RtpMachine } from '../media/testing/rtp-phone.js';
import { tone } from './pitch.js';

const CALL_TONE_HERTZ = 1100;
const SILENT: TerminalEvents = {
  signal: () => undefined,
  negotiated: () => undefined,
  page: () => undefined,
  ended: () => undefined,
};
let spandsp: Spandsp | null = null;

/** The tone of a fax machine that calls, three times (T.30 section 4.2). */
export function callTone(): Int16Array {
  const beep = tone(CALL_TONE_HERTZ, 500);
  const every = 8 * 3500;
  const out = new Int16Array(3 * every);
  for (let n = 0; n < 3; n++) out.set(beep, n * every);
  return out;
}

/** A fax machine without T.38: it sends its one page to a machine that answers, and takes what a machine that calls sends. */
export class FaxMachine implements RtpMachine {
  readonly #tones = new FaxToneDetector();
  readonly #folder = mkdtempSync(join(tmpdir(), 'callwright-machine-'));
  #terminal: AudioTerminal | null = null;

  hear(frame: Int16Array): void {
    if (this.#terminal) return this.#terminal.hear(frame);
    const heard = this.#tones.hear(frame);
    if (heard === 'cng') this.#begin('receive');
    else if (heard === 'ced') this.#begin('send');
  }

  say(frame: Int16Array): void {
    if (this.#terminal) this.#terminal.say(frame);
    else frame.fill(0);
  }

  #begin(direction: 'send' | 'receive'): void {
    const reading = readFaxOptions({});
    if (!reading.ok) throw new Error(reading.explanation);
    const file = join(this.#folder, 'page.tif');
    if (direction === 'send') writeChart(file, [chart(1, { height: 60 })]);
    spandsp ??= new Spandsp();
    this.#terminal = new AudioTerminal(spandsp, { direction, file, setup: reading.setup }, SILENT);
  }
}
