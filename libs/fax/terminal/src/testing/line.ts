import type { FaxOptionsGiven, FaxPage, FaxSettings, FaxSignal, FaxSetup } from '@callwright/fax';
import { readFaxOptions, UdptlReceiver, UdptlSender } from '@callwright/fax';
import type { Spandsp } from '../spandsp.js';
import { AudioTerminal, FRAME_SAMPLES, PacketTerminal, type T38Limits, type TerminalEnd } from '../terminal.js';

export const LIMITS: T38Limits = {
  version: 0,
  maxBitRate: 14_400,
  maxDatagram: 400,
  rateManagement: 'transferredTCF',
  fillBitRemoval: false,
};

export function setupOf(options: FaxOptionsGiven = {}): FaxSetup {
  const reading = readFaxOptions(options);
  if (!reading.ok) throw new Error(reading.explanation);
  return reading.setup;
}

/** What a terminal told. */
export class Story {
  readonly signals: FaxSignal[] = [];
  readonly settings: FaxSettings[] = [];
  readonly pages: FaxPage[] = [];
  end: TerminalEnd | null = null;

  readonly events = {
    signal: (signal: FaxSignal) => void this.signals.push(signal),
    negotiated: (settings: FaxSettings) => void this.settings.push(settings),
    page: (page: FaxPage) => void this.pages.push(page),
    ended: (end: TerminalEnd) => {
      this.end = end;
    },
  };
}

export interface Fax {
  readonly file: string;
  readonly options?: FaxOptionsGiven;
}

export interface LineOptions {
  readonly send: Fax;
  readonly receive: Fax;
  /** Whether something that goes over the line is lost: a frame of audio, a datagram. */
  readonly lost?: () => boolean;
  readonly hangUpAfterMs?: number;
}

export interface Outcome {
  readonly sender: Story;
  readonly receiver: Story;
  /** Of line time. */
  readonly seconds: number;
}

const FRAME_S = 0.02;
const MAX_S = 1200;

/** A sender and a receiver, joined by audio, as fast as the machine can. */
export function faxByAudio(
  spandsp: Spandsp,
  { send, receive, lost = () => false, hangUpAfterMs }: LineOptions,
): Outcome {
  const sender = new Story();
  const receiver = new Story();
  const a = new AudioTerminal(
    spandsp,
    { direction: 'send', file: send.file, setup: setupOf(send.options) },
    sender.events,
  );
  const b = new AudioTerminal(
    spandsp,
    { direction: 'receive', file: receive.file, setup: setupOf(receive.options) },
    receiver.events,
  );
  const fromA = new Int16Array(FRAME_SAMPLES);
  const fromB = new Int16Array(FRAME_SAMPLES);
  let seconds = 0;
  for (; seconds < MAX_S && !(a.ended && b.ended); seconds += FRAME_S) {
    a.say(fromA);
    b.say(fromB);
    if (lost()) b.miss(FRAME_SAMPLES);
    else b.hear(fromA);
    if (lost()) a.miss(FRAME_SAMPLES);
    else a.hear(fromB);
    if (hangUpAfterMs !== undefined && seconds * 1000 >= hangUpAfterMs) for (const end of [a, b]) end.hungUp();
  }
  a.close();
  b.close();
  return { sender, receiver, seconds };
}

/** The same over T.38, in UDPTL datagrams of that redundancy. */
export function faxByPackets(
  spandsp: Spandsp,
  { send, receive, lost = () => false, redundancy = 3 }: LineOptions & { readonly redundancy?: number },
): Outcome {
  const sender = new Story();
  const receiver = new Story();
  const wire: { to: 'a' | 'b'; datagram: Uint8Array }[] = [];
  const make = (direction: 'send' | 'receive', fax: Fax, story: Story, to: 'a' | 'b') => {
    const udptl = new UdptlSender(redundancy, LIMITS.maxDatagram);
    const request = { direction, file: fax.file, setup: setupOf(fax.options) };
    return new PacketTerminal(spandsp, request, LIMITS, story.events, (ifp) => {
      wire.push({ to, datagram: udptl.next(ifp) });
    });
  };
  const a = make('send', send, sender, 'b');
  const b = make('receive', receive, receiver, 'a');
  const receivers = { a: new UdptlReceiver(), b: new UdptlReceiver() };
  let seconds = 0;
  for (; seconds < MAX_S && !(a.ended && b.ended); seconds += FRAME_S) {
    a.pass(FRAME_SAMPLES);
    b.pass(FRAME_SAMPLES);
    for (const { to, datagram } of wire.splice(0)) {
      if (lost()) continue;
      for (const { ifp, sequence } of receivers[to].receive(datagram)) (to === 'a' ? a : b).hear(ifp, sequence);
    }
  }
  a.close();
  b.close();
  return { sender, receiver, seconds };
}
