import { Injectable } from '@nestjs/common';
import type { NameKind } from '@callwright/nodes';
import { bound, boundDestination } from './bindings.js';
import type { EnvironmentView } from './environments.service.js';

/** In which environment each running call is. A call keeps the bindings that it began with, as it keeps its version. */
@Injectable()
export class CallEnvironments {
  readonly #byCall = new Map<string, EnvironmentView>();

  begin(callId: string, environment: EnvironmentView): void {
    this.#byCall.set(callId, environment);
  }

  end(callId: string): void {
    this.#byCall.delete(callId);
  }

  /** What a name means to a call; outside of any call, a name means itself. */
  meaning(callId: string, kind: NameKind, name: string): string {
    const environment = this.#byCall.get(callId);
    return environment ? bound(environment.bindings, kind, name) : name;
  }

  destination(callId: string, to: string): string {
    const environment = this.#byCall.get(callId);
    return environment ? boundDestination(environment.bindings, to) : to;
  }
}
