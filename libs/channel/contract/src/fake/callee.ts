import type { Clock } from '@callwright/kernel';
import type { CallCause, Headers } from '../words.js';
import type { FakeFarEnd } from './fake-far-end.js';
import type { FakeLeg } from './fake-leg.js';

/** What happens at a destination that is called. */
export interface CalleeBehaviour {
  /**
   * `answers` after `afterMs` · `rings` until it is told to answer (`FakeFarEnd.answer`), declines, or the caller gives up ·
   * `busy`, `declines`, `not-found`, `unreachable` after `afterMs`.
   */
  readonly then: 'answers' | 'rings' | 'busy' | 'declines' | 'not-found' | 'unreachable';
  readonly afterMs?: number;
  /** Told once, when the call reaches it. */
  readonly onRing?: (farEnd: FakeFarEnd, leg: FakeLeg) => void;
  readonly onAnswered?: (farEnd: FakeFarEnd) => void;
}

export interface DialRequest {
  readonly callId: string;
  readonly leg: string;
  readonly to: string;
  readonly from: string | undefined;
  readonly headers: Headers;
  readonly timeoutMs: number;
}

const REFUSALS: Partial<Record<CalleeBehaviour['then'], CallCause>> = {
  busy: 'busy',
  declines: 'declined',
  'not-found': 'not-found',
  unreachable: 'unreachable',
};

/** Lets a destination behave towards a leg that calls it. */
export function behave(leg: FakeLeg, { then, afterMs = 0, onRing, onAnswered }: CalleeBehaviour, clock: Clock): void {
  if (leg.state === 'ended') return;
  if (onAnswered) leg.onAnswered(() => onAnswered(leg.farEnd));
  if (then !== 'not-found' && then !== 'unreachable') leg.farEndRings();
  onRing?.(leg.farEnd, leg);
  if (then === 'rings') return;
  const refusal = REFUSALS[then];
  const act = () => {
    if (refusal) leg.end(refusal, 'agent');
    else leg.farEndAnswers();
  };
  if (afterMs > 0) leg.onEnded(clock.at(clock.now() + afterMs, act));
  else act();
}
