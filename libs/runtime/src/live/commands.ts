import { inputError, isCallwrightError, messageOf } from '@callwright/kernel';
import { channelError, type Leg, type Prompt, type Recording } from '@callwright/channel-contract';
import type { CallCommand } from '../run.js';
import type { CallRun } from './call-run.js';
import type { Flow } from './flow.js';

/** Digits that a person sends are as long as a person's. */
const SENT_DIGIT = { durationMs: 100, gapMs: 100 };

/** So long whoever gave a command waits to hear how it went. */
const AT_ONCE_MS = 500;

/** What somebody on hold hears when nobody says otherwise: media of this name … */
const HOLD_MUSIC: Prompt = [{ play: 'hold-music' }];
/** … or, where there is none, that the line lives. */
const HOLD_TONE: Prompt = [{ silence: 3_000 }, { tone: 'beep' }, { silence: 5_000 }];

async function hold(leg: Leg, music: Prompt | undefined): Promise<void> {
  if (music) return leg.hold({ music });
  try {
    await leg.hold({ music: HOLD_MUSIC });
  } catch (error) {
    if (!isCallwrightError(error) || error.code !== 'media.not-found') throw error;
    await leg.hold({ music: HOLD_TONE });
  }
}

/** What people and programs may do to a live call. */
export class Commands {
  readonly #run: CallRun;
  readonly #flow: Flow;
  readonly #recordings = new Map<string, Recording>();
  /** Names of the recordings that were asked for from outside. */
  readonly #asked = new Set<string>();

  constructor(run: CallRun, flow: Flow) {
    this.#run = run;
    this.#flow = flow;
  }

  asked(recording: string): boolean {
    return this.#asked.has(recording);
  }

  /**
   * Resolves when the command is carried out, or is under way: a far end may take half a minute to say nothing. Rejects with
   * `call.wrong-state`, `scenario.unknown-node`, and as the channel does when it does so at once; later it is told on the timeline.
   */
  async carryOut(command: CallCommand, by: string): Promise<void> {
    const { type } = command;
    const tell = (accepted: boolean) => this.#run.log.tell({ name: 'command.received', type, by, accepted });
    let go: () => Promise<void>;
    try {
      go = this.#prepare(command);
    } catch (error) {
      tell(false);
      throw error;
    }
    tell(true);
    const settled = go().then(
      () => ({ error: null }),
      (error: unknown) => ({ error }),
    );
    let early: { error: unknown } | null = null;
    void settled.then((how) => (early = how));
    await this.#run.atMost(AT_ONCE_MS, settled);
    const { error } = (early as { error: unknown } | null) ?? { error: null };
    if (error !== null) throw error;
    if (!early) void settled.then((how) => this.#tellLate(type, how.error));
  }

  #tellLate(type: CallCommand['type'], error: unknown): void {
    if (error === null || this.#run.isOver) return;
    const why = isCallwrightError(error) ? `${error.message} (${error.code})` : messageOf(error);
    this.#run.log.tell({
      name: 'log.written',
      level: 'warn',
      message: `The command "${type}" came to nothing: ${why}`,
    });
  }

  /** Checks at once; what it gives does the work. */
  #prepare(command: CallCommand): () => Promise<void> {
    const { channel } = this.#run;
    if (this.#run.isOver || this.#run.callerGone) throw channelError('call.wrong-state');
    switch (command.type) {
      case 'hang-up': {
        const leg = channel.leg(command.leg ?? channel.caller.name);
        if (!leg) throw channelError('call.wrong-state');
        return () => (leg === channel.caller ? channel.hangUp('normal') : leg.hangUp('normal'));
      }
      case 'hold': {
        const leg = this.#leg(command.leg);
        if (leg.onHold) throw channelError('call.wrong-state');
        return () => hold(leg, command.music);
      }
      case 'resume': {
        const leg = this.#leg(command.leg);
        if (!leg.onHold) throw channelError('call.wrong-state');
        return () => leg.resume();
      }
      case 'send-digits': {
        const leg = this.#leg(command.leg);
        return () => leg.sendDigits(command.digits, SENT_DIGIT, new AbortController().signal);
      }
      case 'send-message': {
        const leg = this.#leg(command.leg);
        return () => leg.sendMessage(command.text);
      }
      case 'transfer':
        if (command.leg !== channel.caller.name || !channel.caller.hasAudio) throw channelError('call.wrong-state');
        if (!this.#flow.scenario.transfer || !this.#flow.visit) throw channelError('call.wrong-state');
        return () => this.#flow.transfer(command.to);
      case 'go-to':
        if (!this.#flow.scenario.nodes.has(command.node)) {
          throw inputError('scenario.unknown-node', `There is no node "${command.node}".`, { node: command.node });
        }
        if (!this.#flow.visit) throw channelError('call.wrong-state');
        return () => this.#flow.goTo(command.node);
      case 'start-recording': {
        const leg = this.#leg(command.leg);
        if (this.#recordings.has(leg.name)) throw channelError('call.wrong-state');
        const { name = `call-${this.#asked.size + 1}`, stereo = false } = command;
        return () => this.#record(leg, { name, stereo });
      }
      case 'stop-recording': {
        const recording = this.#recordings.get(command.leg);
        if (!recording) throw channelError('call.wrong-state');
        this.#recordings.delete(command.leg);
        return async () => void (await recording.stop());
      }
    }
  }

  async #record(leg: Leg, options: { name: string; stereo: boolean }): Promise<void> {
    this.#asked.add(options.name);
    this.#recordings.set(leg.name, await leg.startRecording(options));
  }

  /** A living leg that can be talked to. */
  #leg(name: string): Leg {
    const leg = this.#run.channel.leg(name);
    if (!leg || !leg.hasAudio) throw channelError('call.wrong-state');
    return leg;
  }
}
