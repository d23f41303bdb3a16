import { createHash } from 'node:crypto';
import type { DigestHash } from '@callwright/sip';

export const digestHash: DigestHash = (algorithm, text) =>
  createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
