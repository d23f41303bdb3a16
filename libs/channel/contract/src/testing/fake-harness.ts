import { VirtualClock } from '@callwright/kernel';
import type { Behaviour, ChannelHarness, FarEnd } from '../conformance/index.js';
import type { CallCause } from '../words.js';
import type { CalleeBehaviour } from '../fake/callee.js';
import { FakeExchange } from '../fake/fake-exchange.js';
import type { FakeLeg } from '../fake/fake-leg.js';
import { passTime } from '../fake/pass-time.js';

/** Every pitch and length that the suite asks for. */
const media: Record<string, { durationMs: number; frequency: number }> = {};
for (let frequency = 400; frequency <= 1_600; frequency += 100) {
  for (let durationMs = 100; durationMs <= 5_000; durationMs += 100) {
    media[`${frequency}-${durationMs}`] = { durationMs, frequency };
  }
}
/** The phone of the suite around a fake far end. */
function phone(leg: FakeLeg, clock: VirtualClock): FarEnd {
  const { farEnd } = leg;
  const now = () => Promise.resolve();
  let hungUp = false;
  return {
    get state() {
      return leg.state === 'incoming' ? 'calling' : leg.state === 'held' ? 'answered' : leg.state;
    },
    get refusal(): CallCause | null {
      if (hungUp) return null;
      return farEnd.cause === 'normal' ? 'declined' : farEnd.cause;
    },
    get requestHeaders() {
      return farEnd.requestHeaders;
    },
    get answerHeaders() {
      return farEnd.answerHeaders;
    },
    get digitsHeard() {
      return farEnd.digitsHeard;
    },
    messages: farEnd.messages,
    answer: () => now().then(() => farEnd.answer()),
    hangUp: () =>
      now().then(() => {
        hungUp = true;
        farEnd.hangUp();
      }),
    press: (digits) => now().then(() => farEnd.press(digits)),
    talk: (frequency, durationMs) => farEnd.talk(durationMs, { frequency }),
    hold: () => now().then(() => farEnd.hold()),
    resume: () => now().then(() => farEnd.hold(false)),
    sendMessage: (text) => now().then(() => farEnd.sendMessage(text)),
    refuseMessages: () => {
      farEnd.refusesMessages = true;
    },
    refuseHold: () => {
      farEnd.refusesHold = true;
    },
    soundFax: (tone) => farEnd.soundFax(tone),
    beFaxMachine: () => {
      farEnd.faxMachine = { pages: 1 };
    },
    heardMs: (frequency) =>
      farEnd.heard
        .filter(({ sound }) => sound.frequency === frequency)
        .reduce((sum, { from, to }) => sum + (to ?? clock.now()) - from, 0),
  };
}

/** Fake calls on a virtual clock. */
export function fakeHarness(): ChannelHarness {
  const clock = new VirtualClock(1_000_000);
  const exchange = new FakeExchange({
    clock,
    media,
    faxes: { 'one-page': 1 },
    policy: (to) => (to === '+900' ? 'outbound.not-allowed' : to === '+800' ? 'outbound.limit' : null),
  });
  let destinations = 0;
  return {
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    wait: (ms) => passTime(clock, ms),
    now: () => clock.now(),
    toleranceMs: 0,
    refused: { notAllowed: '+900', limit: '+800' },
    tone: (frequency, durationMs) => ({ play: `${frequency}-${durationMs}` }),
    call: (options = {}) => {
      const channel = exchange.call(options);
      return Promise.resolve({ channel, caller: phone(channel.caller, clock) });
    },
    originate: (to) => Promise.resolve(exchange.originate({ to })),
    callee: (behaviour: Behaviour) => {
      const to = `phone:somebody-${(destinations += 1)}`;
      let reach: (farEnd: FarEnd) => void;
      const reached = new Promise<FarEnd>((resolve) => {
        reach = resolve;
      });
      const fake: CalleeBehaviour = { then: behaviour, onRing: (_, leg) => reach(phone(leg, clock)) };
      exchange.callee(to, fake);
      return Promise.resolve({ to, reached: () => reached });
    },
  };
}
