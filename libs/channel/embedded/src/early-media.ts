import type { EarlyMediaOptions } from '@callwright/channel-contract';
import { EmbeddedLeg } from './embedded-leg.js';

/**
 * Lets a leg hear a far end that we call until that one answers or is gone (`DialOptions.earlyMedia`). It hears it from the moment on when
 * there may be something to hear; whoever rings in our place meanwhile is told to stop only once there is, since many a network
 * describes early media and sends none.
 */
export function letHearEarly(callee: EmbeddedLeg, { to, began }: EarlyMediaOptions): void {
  if (!(to instanceof EmbeddedLeg)) return;
  let stop: (() => void) | null = null;
  let told = false;
  callee.earlyListener = {
    agreed: () => (stop ??= to.listenTo(callee)),
    sounds: () => {
      if (!stop || told) return;
      told = true;
      began();
    },
  };
  const over = () => {
    callee.earlyListener = null;
    stop?.();
  };
  callee.onAnswered(over);
  callee.onEnded(over);
}
