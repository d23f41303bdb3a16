import { programOf } from '../../support/program.js';

/** The programs of the peer: what a user would pick for the same job. */
export interface PeerPrograms {
  readonly drachtio: string;
  readonly freeswitch: string;
}

/** Where both are, or which is missing; `DRACHTIO_BIN` and `FREESWITCH_BIN` say it when they are not on the PATH. */
export function findPeer(env: NodeJS.ProcessEnv = process.env): PeerPrograms | { readonly reason: string } {
  const drachtio = programOf(env, 'DRACHTIO_BIN', 'drachtio');
  const freeswitch = programOf(env, 'FREESWITCH_BIN', 'freeswitch');
  if (drachtio && freeswitch) return { drachtio, freeswitch };
  const missing = [
    ...(drachtio ? [] : ['drachtio (DRACHTIO_BIN)']),
    ...(freeswitch ? [] : ['freeswitch (FREESWITCH_BIN)']),
  ];
  return { reason: `not on this machine: ${missing.join(', ')}` };
}
