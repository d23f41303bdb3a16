import type { LegInside } from './leg-inside.js';
import { Operation } from './operation.js';

/** Presses each digit towards the far end. */
export function sendDigits(
  leg: LegInside,
  digits: string,
  { durationMs, gapMs }: { durationMs: number; gapMs: number },
  signal: AbortSignal,
): Promise<void> {
  const { clock } = leg.call;
  const operation = new Operation<void>();
  const finish = () => operation.finish(() => undefined);
  const setSound = leg.sender('digit');
  const send = (index: number): void => {
    const digit = digits[index];
    if (digit === undefined) return finish();
    setSound({ kind: 'digit', text: digit, frequency: null });
    operation.cleanup(
      clock.at(clock.now() + durationMs, () => {
        setSound(null);
        leg.farEnd.digitsHeard += digit;
        operation.cleanup(clock.at(clock.now() + (index + 1 < digits.length ? gapMs : 0), () => send(index + 1)));
      }),
    );
  };
  operation.cleanup(() => setSound(null));
  leg.whenEnded(operation, finish);
  operation.onAbort(signal, finish);
  if (operation.running) send(0);
  return operation.result;
}
