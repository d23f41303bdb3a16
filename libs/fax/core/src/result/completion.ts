import type { FaxCause, FaxOutcome } from './causes.js';
import type { FaxDirection } from './result.js';

/** What one way to end means. */
export interface Completion {
  /** The name that spandsp 0.0.6 gives it, without `T30_ERR_`. */
  readonly name: string;
  readonly cause: FaxCause;
  readonly explanation: string;
  readonly advice: string;
}

const CHECK_NUMBER = 'Check that the number is a fax number, then try again.';
const TRY_SLOWER = 'Try again with a lower rate (MaxDataRate 9600), and with T.38 if the carrier has it.';
const TRY_T38 = 'Try again over T.38; where only audio is possible, with MaxDataRate 9600.';
const TRY_WITHOUT_ECM = 'Try again; if it fails at the same place, with ECM off or a lower rate.';
const TRY_AGAIN = 'Try again in a few minutes.';
const OTHER_RESOLUTION = 'Send it in standard or fine resolution on A4.';
const CHECK_DOCUMENT = 'Look at the document: convert it anew, for example from its PDF.';

const line = (name: string, cause: FaxCause, explanation: string, advice: string): Completion => ({
  name,
  cause,
  explanation,
  advice,
});

/** Codes of `t30_err_e` in spandsp 0.0.6, in their order from 0. */
const COMPLETIONS: readonly Completion[] = [
  line('OK', 'NORMAL', 'All pages went through.', ''),
  line('CEDTONE', 'COMMSFAULT', 'The answer tone of the far end did not stop.', CHECK_NUMBER),
  line('T0_EXPIRED', 'NOTFAX', 'Nothing like a fax machine was heard within a minute.', CHECK_NUMBER),
  line('T1_EXPIRED', 'NOTFAX', 'The far end never sent the first message of a fax machine.', CHECK_NUMBER),
  line('T3_EXPIRED', 'TIMEOUT', 'An operator was asked for at the far end and did not come.', TRY_AGAIN),
  line('HDLC_CARRIER', 'COMMSFAULT', 'The far end went on sending and gave us no turn.', TRY_AGAIN),
  line('CANNOT_TRAIN', 'COMMSFAULT', 'No rate could be found at which the line carries a page.', TRY_SLOWER),
  line('OPER_INT_FAIL', 'COMMSFAULT', 'An operator broke in and the fax did not go on.', TRY_AGAIN),
  line(
    'INCOMPATIBLE',
    'STANDARDMISMATCH',
    'The two machines have no way of faxing in common.',
    'Allow V.17, V.29 and V.27ter and all compressions.',
  ),
  line(
    'RX_INCAPABLE',
    'STANDARDMISMATCH',
    'The far end cannot receive (its paper may be out, or it only sends).',
    'Ask the recipient to look at the machine.',
  ),
  line('TX_INCAPABLE', 'STANDARDMISMATCH', 'The far end has nothing to send.', 'Ask the sender to call and send.'),
  line('NORESSUPPORT', 'STANDARDMISMATCH', 'The far end cannot print at this resolution.', OTHER_RESOLUTION),
  line('NOSIZESUPPORT', 'STANDARDMISMATCH', 'The far end cannot print a page of this size.', OTHER_RESOLUTION),
  line('UNEXPECTED', 'COMMSFAULT', 'The far end said something that has no place in the procedure.', TRY_AGAIN),
  line('TX_BADDCS', 'COMMSFAULT', 'The far end did not understand our settings or our training signal.', TRY_SLOWER),
  line('TX_BADPG', 'COMMSFAULT', 'The far end disconnected after a page, without confirming it.', TRY_WITHOUT_ECM),
  line(
    'TX_ECMPHD',
    'COMMSFAULT',
    'The far end answered a page with something that error correction does not know.',
    TRY_WITHOUT_ECM,
  ),
  line(
    'TX_GOTDCN',
    'COMMSFAULT',
    'The far end disconnected before the fax began.',
    'The recipient may block unknown numbers: set a station identity (LocalIdent), then try again.',
  ),
  line('TX_INVALRSP', 'COMMSFAULT', 'The far end answered a page with something unknown.', TRY_WITHOUT_ECM),
  line(
    'TX_NODIS',
    'NOTFAX',
    'The far end sent signals, but not those of a machine that is ready to receive.',
    CHECK_NUMBER,
  ),
  line('TX_PHBDEAD', 'COMMSFAULT', 'The far end fell silent while the rate was being agreed upon.', TRY_T38),
  line('TX_PHDDEAD', 'COMMSFAULT', 'The far end did not answer after a page.', TRY_WITHOUT_ECM),
  line('TX_T5EXP', 'TIMEOUT', 'The far end was not ready for the next part within a minute.', TRY_AGAIN),
  line('RX_ECMPHD', 'COMMSFAULT', 'The far end ended a page in a way that error correction does not know.', TRY_AGAIN),
  line('RX_GOTDCS', 'COMMSFAULT', 'The far end wanted to send although it was asked to receive.', TRY_AGAIN),
  line('RX_INVALCMD', 'COMMSFAULT', 'The far end said something unknown after a page.', TRY_AGAIN),
  line('RX_NOCARRIER', 'COMMSFAULT', 'The signal broke off in the middle of a page.', TRY_T38),
  line('RX_NOEOL', 'PAGEQUALITY', 'So much of a page was damaged that its lines could not be found.', TRY_T38),
  line('RX_NOFAX', 'COMMSFAULT', 'The page did not begin.', TRY_AGAIN),
  line('RX_T2EXPDCN', 'TIMEOUT', 'The far end did not say goodbye.', ''),
  line('RX_T2EXPD', 'TIMEOUT', 'After a page the far end said nothing more.', TRY_AGAIN),
  line('RX_T2EXPFAX', 'TIMEOUT', 'The page did not come.', TRY_AGAIN),
  line('RX_T2EXPMPS', 'TIMEOUT', 'The next page did not come.', TRY_AGAIN),
  line('RX_T2EXPRR', 'TIMEOUT', 'The far end did not ask whether we are ready.', TRY_AGAIN),
  line('RX_T2EXP', 'TIMEOUT', 'The far end did not go on.', TRY_AGAIN),
  line('RX_DCNWHY', 'COMMSFAULT', 'The far end disconnected before it sent anything.', TRY_AGAIN),
  line('RX_DCNDATA', 'COMMSFAULT', 'The far end disconnected instead of sending the page.', TRY_SLOWER),
  line('RX_DCNFAX', 'COMMSFAULT', 'The far end disconnected instead of ending the page.', TRY_AGAIN),
  line('RX_DCNPHD', 'COMMSFAULT', 'The far end disconnected although more pages were to come.', TRY_AGAIN),
  line('RX_DCNRRD', 'COMMSFAULT', 'The far end disconnected while it was asked to wait.', TRY_AGAIN),
  line('RX_DCNNORTN', 'PAGEQUALITY', 'A page was asked for again, and the far end disconnected.', TRY_T38),
  line('FILEERROR', 'ERROR', 'The document could not be opened.', CHECK_DOCUMENT),
  line('NOPAGE', 'ERROR', 'The document does not have that page.', 'Look at FirstPage and LastPage.'),
  line('BADTIFF', 'ERROR', 'The document is in a form that cannot be faxed.', CHECK_DOCUMENT),
  line('BADPAGE', 'ERROR', 'A page of the document has no number.', CHECK_DOCUMENT),
  line('BADTAG', 'ERROR', 'The document contradicts itself.', CHECK_DOCUMENT),
  line('BADTIFFHDR', 'ERROR', 'The document has a wrong header.', CHECK_DOCUMENT),
  line('NOMEM', 'ERROR', 'There was not enough memory for more pages.', 'Send fewer pages at a time.'),
  line('RETRYDCN', 'COMMSFAULT', 'It was tried as often as it may be, and then given up.', TRY_T38),
  line('CALLDROPPED', 'HANGUP', 'The far end hung up before the fax was complete.', TRY_AGAIN),
  line('NOPOLL', 'STANDARDMISMATCH', 'The far end does not let documents be fetched.', ''),
  line(
    'IDENT_UNACCEPTABLE',
    'STANDARDMISMATCH',
    'The identity was not accepted.',
    'Set the station identity (LocalIdent) that the recipient expects.',
  ),
  line('SUB_UNACCEPTABLE', 'STANDARDMISMATCH', 'The sub-address was not accepted.', ''),
  line('SEP_UNACCEPTABLE', 'STANDARDMISMATCH', 'The polling address was not accepted.', ''),
  line('PSA_UNACCEPTABLE', 'STANDARDMISMATCH', 'The polled sub-address was not accepted.', ''),
  line('SID_UNACCEPTABLE', 'STANDARDMISMATCH', 'The sender identification was not accepted.', ''),
  line('PWD_UNACCEPTABLE', 'STANDARDMISMATCH', 'The password was not accepted.', ''),
  line('TSA_UNACCEPTABLE', 'STANDARDMISMATCH', 'The internet address of the sender was not accepted.', ''),
  line('IRA_UNACCEPTABLE', 'STANDARDMISMATCH', 'The internet routing address was not accepted.', ''),
  line('CIA_UNACCEPTABLE', 'STANDARDMISMATCH', 'The internet address of the caller was not accepted.', ''),
  line('ISP_UNACCEPTABLE', 'STANDARDMISMATCH', 'The internet polling address was not accepted.', ''),
  line('CSA_UNACCEPTABLE', 'STANDARDMISMATCH', 'The internet address that was called was not accepted.', ''),
];

/** What a completion code of spandsp 0.0.6 means; a code that it does not have is an `ERROR`. */
export const completionOf = (code: number): Completion =>
  COMPLETIONS[code] ?? line(`CODE_${code}`, 'ERROR', `The fax ended with the unknown code ${code}.`, '');

/** How many codes there are. */
export const COMPLETION_CODES = COMPLETIONS.length;

/** The family of a cause; `pages` were confirmed or received. */
export function outcomeOf(cause: FaxCause, direction: FaxDirection, pages: number): FaxOutcome {
  if (cause === 'NORMAL') return direction === 'send' ? 'sent' : 'received';
  if (cause === 'UNKNOWN_OPTION' || cause === 'UNKNOWN_VALUE' || cause === 'INCONSISTENT_OPTIONS') return 'bad-options';
  if (cause === 'ABORTED') return 'aborted';
  if (pages > 0) return direction === 'send' ? 'partly-sent' : 'partly-received';
  return FAMILIES[cause];
}

/** Of what failed before a page was through. */
const FAMILIES: Readonly<
  Record<
    Exclude<FaxCause, 'NORMAL' | 'ABORTED' | 'UNKNOWN_OPTION' | 'UNKNOWN_VALUE' | 'INCONSISTENT_OPTIONS'>,
    FaxOutcome
  >
> = {
  HANGUP: 'hung-up',
  TIMEOUT: 'timeout',
  NOTFAX: 'not-fax',
  STANDARDMISMATCH: 'negotiation-failed',
  COMMSFAULT: 'line-quality',
  PAGEQUALITY: 'line-quality',
  ERROR: 'failed',
};
