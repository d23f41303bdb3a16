import type { CallCause, HangUpCause } from '@callwright/channel-contract';

/** What a refusal of a far end means; null: nobody answered at all. */
export function causeOfStatus(status: number | null): CallCause {
  switch (status) {
    case null:
      return 'unreachable';
    case 486:
    case 600:
      return 'busy';
    case 603:
    case 607:
    case 608:
      return 'declined';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'not-found';
    case 487:
      return 'cancelled';
    case 408:
    case 480:
    case 430:
    case 500:
    case 502:
    case 503:
    case 504:
      return 'unreachable';
    default:
      // A redirection is never followed: a far end does not choose whom we call.
      return status < 400 || status >= 500 ? 'failed' : 'rejected';
  }
}

/** How a caller is told that it gets no answer (contract, "Values"). */
export const STATUS_OF_HANG_UP: Readonly<Record<HangUpCause, number>> = {
  normal: 603,
  busy: 486,
  declined: 603,
  'not-found': 404,
  unavailable: 480,
};
