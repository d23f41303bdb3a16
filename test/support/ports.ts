import { freePorts } from '@callwright/channel-embedded/testing';

/** A port on 127.0.0.1 that is free for both UDP and TCP at this moment. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1, { from: 20_000, count: 12_000 });
  return port!;
}
