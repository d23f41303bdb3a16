import koffi from 'koffi';
import { messageOf } from '@callwright/kernel';

/** Exactly this one: spandsp 3 (`.so.3`, from FreeSWITCH) has the same function names with other arguments. */
export const FAX_LIBRARY = 'libspandsp.so.2';

export interface FaxLibrary {
  readonly available: boolean;
  /** When it is not: what is missing and what to install, in one sentence. */
  readonly reason?: string;
}

/** Looks for the library that speaks T.30 and T.38. It is loaded only to see whether it can be; `load` is there for tests. */
export function detectFaxLibrary(load: (name: string) => { unload(): void } = (name) => koffi.load(name)): FaxLibrary {
  try {
    load(FAX_LIBRARY).unload();
    return { available: true };
  } catch (error) {
    return {
      available: false,
      reason: `Fax is off: install the Debian package libspandsp2 (${FAX_LIBRARY}: ${messageOf(error)}).`,
    };
  }
}
