import { inputError } from '@callwright/kernel';
import { channelError, type Leg, type Recording } from '@callwright/channel-contract';
import type { CallCommand } from '../run.js';
import type { CallRun } from './call-run.js';
import type { Flow } from './flow.js';

/** Digits that a person sends are as long as a person's. */
const SENT_DIGIT = { durationMs: 100, gapMs: 100 };

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

  /** Rejects with `call.wrong-state`, `scenario.unknown-node`, and as the channel does. */
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
    await go();
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
        return () => leg.hold();
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
        return () => this.#record(leg, command.name ?? `call-${this.#asked.size + 1}`);
      }
      case 'stop-recording': {
        const recording = this.#recordings.get(command.leg);
        if (!recording) throw channelError('call.wrong-state');
        this.#recordings.delete(command.leg);
        return async () => void (await recording.stop());
      }
    }
  }

  async #record(leg: Leg, name: string): Promise<void> {
    this.#asked.add(name);
    this.#recordings.set(leg.name, await leg.startRecording({ name }));
  }

  /** A living leg that can be talked to. */
  #leg(name: string): Leg {
    const leg = this.#run.channel.leg(name);
    if (!leg || !leg.hasAudio) throw channelError('call.wrong-state');
    return leg;
  }
}
