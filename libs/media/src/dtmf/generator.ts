import { samplesOf, saturate } from '../audio.js';
import { digitsIn } from '../telephone-event/digits.js';
import { pressMs } from '../telephone-event/sender.js';
import { addSine } from '../tones/oscillator.js';
import { COLUMN_HERTZ, placeOf, ROW_HERTZ } from './frequencies.js';

/** What handsets send: the high group 2 dB louder, since cables weaken it more (ITU-T Q.23, ETSI ES 201 235-2). */
const ROW_DBM0 = -9;
const COLUMN_DBM0 = -7;

/** Keys as tones with pauses between them; ends with a pause. */
export function dtmfTones(request: {
  readonly digits: string;
  readonly durationMs: number;
  readonly gapMs: number;
}): Int16Array {
  const digits = digitsIn(request.digits);
  const press = samplesOf(pressMs(request.durationMs));
  const whole = press + samplesOf(request.gapMs);
  const sum = new Float64Array(digits.length * whole);
  [...digits].forEach((digit, n) => {
    const place = placeOf(digit);
    if (!place) return;
    const at = n * whole;
    addSine(sum, at, at + press, ROW_HERTZ[place.row]!, ROW_DBM0);
    addSine(sum, at, at + press, COLUMN_HERTZ[place.column]!, COLUMN_DBM0);
  });
  return Int16Array.from(sum, saturate);
}
