import type { FaxSettings } from '@callwright/fax';
import type { FaxRecord } from '../../fax/fax-job.js';
import type { LegInside } from './leg-inside.js';
import { Operation } from './operation.js';

/** What a far end is when faxes are concerned; one that is none of it is a person. */
export interface FakeFaxMachine {
  /** Pages that it sends when we receive. */
  readonly pages?: number;
  /** It breaks off after so many pages … */
  readonly failsAfter?: number;
  /** … with this completion code of spandsp (21: no response after sending a page). */
  readonly code?: number;
  readonly standard?: FaxSettings['standard'];
  readonly ident?: string;
}

const NEGOTIATION_MS = 8_000;
const PAGE_MS = 30_000;
const GOODBYE_MS = 1_000;
/** T.30 section 5.4.3.2: so long one machine waits for another. */
const NOBODY_MS = 60_000;
const NO_SIGNALS = 2;
const CALL_DROPPED = 49;
const PAGE_PIXELS = { width: 1728, height: 2292 };

/** A fax against the machine at the far end, minute by minute on the call's clock. */
export function startFax(leg: LegInside, record: FaxRecord, pagesToSend: number): void {
  const { clock } = leg.call;
  const machine = leg.farEnd.faxMachine;
  const operation = new Operation<void>();
  const end = (finish: () => void) => operation.finish(finish);
  leg.occupy('fax', operation);
  leg.whenEnded(operation, () => end(() => record.complete(CALL_DROPPED, 'The call dropped prematurely')));
  record.onStop = () => end(() => record.finish({ cause: 'ABORTED', explanation: 'The fax was stopped.', advice: '' }));
  let cancel = () => {};
  operation.cleanup(() => cancel());
  const after = (ms: number, task: () => void) => (cancel = clock.at(clock.now() + ms, task));
  if (!machine) {
    after(NOBODY_MS, () => end(() => record.complete(NO_SIGNALS, 'Timed out waiting for initial communication')));
    return;
  }
  const { standard = 'T.38', ident = '', code = 21 } = machine;
  const settings = { standard, bitRate: 14_400, ecm: true, compression: 'MMR', resolution: '204x196' };
  const pages = record.direction === 'send' ? pagesToSend : (machine.pages ?? 1);
  const first = record.reading.ok ? record.reading.setup.firstPage : 1;
  const next = (done: number): void => {
    if (machine.failsAfter === done) {
      end(() => record.complete(code, 'It broke off'));
    } else if (done === pages) {
      after(GOODBYE_MS, () => end(() => record.complete(0, 'OK')));
    } else {
      after(PAGE_MS, () => {
        record.page({
          page: first + done,
          ...settings,
          ...PAGE_PIXELS,
          bytes: 20_000,
          badRows: 0,
          longestBadRun: 0,
          retries: 0,
          quality: 1,
        });
        next(done + 1);
      });
    }
  };
  after(NEGOTIATION_MS, () => {
    record.settled({ ...settings, remoteIdent: ident });
    next(0);
  });
}
