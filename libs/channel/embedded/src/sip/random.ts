import { randomBytes } from 'node:crypto';
import { BRANCH_COOKIE } from '@callwright/sip';

/** Text that nobody can guess: 16 hexadecimal digits for tags, 32 for what opens something. */
export const randomText = (bytes = 8): string => randomBytes(bytes).toString('hex');

export const newTag = (): string => randomText();
export const newBranch = (): string => BRANCH_COOKIE + randomText(12);
/** Without an address of ours: a Call-ID must be unique and tells nobody where we are. */
export const newCallId = (): string => randomText(16);
