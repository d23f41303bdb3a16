import { Inject, Injectable } from '@nestjs/common';
import type { Telephony } from '@callwright/channel-contract';
import type { Unsubscribe } from '@callwright/kernel';
import type { Socket } from 'socket.io';
import type { Principal } from '../auth/principal.js';
import { mayActAs } from '../auth/roles.js';
import { scopesAllow } from '../auth/scopes.js';
import { CallsService } from '../calls/calls.service.js';
import { apiError } from '../errors.js';
import { TELEPHONY } from '../platform/tokens.js';
import type { Ear } from './live.schemas.js';

/**
 * A supervisor hears a call in the page: the sound of a leg as it is, over the socket that the page has anyway. There is no way from
 * here into the call. Needs the role `operator`; every listening is written into the audit.
 */
@Injectable()
export class Listening {
  /** Of each socket: what it listens to, and how that ends. */
  readonly #ears = new WeakMap<Socket, Map<string, Unsubscribe>>();

  constructor(
    private readonly calls: CallsService,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
  ) {}

  /** `audio.heard` (call, leg, samples) comes from here on, `audio.ended` (call, leg) once at the end of the leg. */
  async listen(socket: Socket, who: Principal, { call, leg }: Ear): Promise<void> {
    if (!mayActAs(who.role, 'operator') || !scopesAllow(who.scopes, '/api/calls', false))
      throw apiError('auth.forbidden');
    const { supervision } = this.telephony;
    if (!supervision) throw apiError('call.cannot-listen');
    await this.calls.get(who, call);
    const ears = this.#earsOf(socket);
    const key = `${call} ${leg}`;
    ears.get(key)?.();
    const stop = supervision.listen(call, leg, {
      // What a slow page cannot take is left out: late sound is of no use.
      heard: ({ buffer, byteOffset, byteLength }) =>
        void socket.volatile.emit('audio.heard', call, leg, Buffer.from(buffer, byteOffset, byteLength)),
      ended: () => {
        ears.delete(key);
        socket.emit('audio.ended', call, leg);
      },
    });
    ears.set(key, stop);
    await this.calls.noteListening(who, call, leg);
  }

  stop(socket: Socket, { call, leg }: Ear): void {
    const ears = this.#ears.get(socket);
    ears?.get(`${call} ${leg}`)?.();
    ears?.delete(`${call} ${leg}`);
  }

  #earsOf(socket: Socket): Map<string, Unsubscribe> {
    const known = this.#ears.get(socket);
    if (known) return known;
    const ears = new Map<string, Unsubscribe>();
    this.#ears.set(socket, ears);
    socket.on('disconnect', () => ears.forEach((stop) => stop()));
    return ears;
  }
}
