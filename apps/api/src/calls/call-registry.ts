import { Inject, Injectable } from '@nestjs/common';
import type { CallChannel } from '@callwright/channel-contract';
import { type Clock, type JsonObject, Topic } from '@callwright/kernel';
import { type CallEvent, startRun } from '@callwright/runtime';
import { variablesOf } from '@callwright/scenario';
import type { Logger } from 'pino';
import { CallEnvironments } from '../environments/call-environments.js';
import type { EnvironmentView } from '../environments/environments.service.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { InstanceId } from '../platform/instance-id.js';
import { iso } from '../platform/time/system-clock.js';
import { CLOCK, LOGGER } from '../platform/tokens.js';
import type { PublishedScenario } from '../scenarios/published-scenarios.js';
import { PublishedScenarios } from '../scenarios/published-scenarios.js';
import type { CallRow } from './call.entity.js';
import { openRecord } from './call-record.js';
import { CallServices } from './call-services.js';
import { EventLog } from './event-log.js';
import { LiveCall } from './live-call.js';

export interface StartCall {
  readonly channel: CallChannel;
  readonly workspaceId: string;
  readonly scenario: PublishedScenario;
  readonly environment: EnvironmentView;
  /** Pattern of the number that it came in at, or null. */
  readonly number: string | null;
  readonly parameters: JsonObject;
}

/** Something happened in a call; `record` is what the call is after it. */
export interface CallHappening {
  readonly workspaceId: string;
  readonly event: CallEvent;
  readonly record: CallRow;
}

/** The calls that run in this process. */
@Injectable()
export class CallRegistry {
  /** Every event of every call, once, in the order of the call's log. */
  readonly happened = new Topic<CallHappening>();
  readonly #calls = new Map<string, LiveCall>();
  #whenEmpty: (() => void)[] = [];

  constructor(
    private readonly log: EventLog,
    private readonly services: CallServices,
    private readonly scenarios: PublishedScenarios,
    private readonly environments: CallEnvironments,
    private readonly instance: InstanceId,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  get size(): number {
    return this.#calls.size;
  }

  get all(): Iterable<LiveCall> {
    return this.#calls.values();
  }

  /** The call, when it runs and belongs to this workspace. */
  get(workspaceId: string, id: string): LiveCall | undefined {
    const call = this.#calls.get(id);
    return call?.workspaceId === workspaceId ? call : undefined;
  }

  of(workspaceId: string): LiveCall[] {
    return [...this.#calls.values()].filter((call) => call.workspaceId === workspaceId);
  }

  /** Runs a scenario on a channel from here on. */
  start({ channel, workspaceId, scenario, environment, number, parameters }: StartCall): LiveCall {
    const legs = channel.legs.map(({ name, state, uri, codec, onHold }) => ({ name, state, uri, codec, onHold }));
    const opening = openRecord(
      {
        id: channel.id,
        workspaceId,
        scenarioId: scenario.scenarioId,
        version: scenario.version,
        direction: channel.direction,
        from: channel.from,
        to: channel.to,
        number,
        startedAt: iso(this.clock.now()),
        instanceId: this.instance.id,
      },
      { legs, variables: variablesOf(scenario.compiled.document) },
    );
    const call = new LiveCall(channel, opening);
    this.#calls.set(call.id, call);
    this.environments.begin(call.id, environment);
    this.metrics.callsRunning.set(this.#calls.size);
    try {
      const run = startRun({
        scenarioId: scenario.scenarioId,
        version: scenario.version,
        scenario: scenario.compiled,
        channel,
        services: this.services.of(workspaceId, call.id),
        scenarios: this.scenarios.shelfOf(workspaceId, environment),
        parameters,
        onEvent: (event) => this.#hear(call, event),
      });
      call.attach(run);
      void run.ended.then(() => this.#forget(call));
    } catch (error) {
      this.#forget(call);
      throw error;
    }
    return call;
  }

  /** Ends every call that runs, as at shutdown. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.run?.stop()));
  }

  /** Resolves when no call runs. */
  async whenEmpty(): Promise<void> {
    if (this.#calls.size > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }

  #hear(call: LiveCall, event: CallEvent): void {
    try {
      const record = call.hear(event);
      this.log.append({ event, record });
      this.metrics.callEvents.inc({ name: event.name });
      if (event.name === 'call.started')
        this.logger.info({ call: event.callId, scenario: event.scenarioId, version: event.version }, 'call started');
      if (event.name === 'call.ended') {
        this.metrics.callsEnded.inc({ cause: event.cause });
        this.metrics.callSeconds.observe(event.durationMs / 1000);
        this.logger.info(
          { call: event.callId, cause: event.cause, endedBy: event.endedBy, durationMs: event.durationMs },
          'call ended',
        );
      }
      if (event.name === 'run.failed')
        this.logger.warn({ call: event.callId, node: event.node, code: event.code }, 'a node failed');
      this.happened.publish({ workspaceId: call.workspaceId, event, record });
    } catch (error) {
      // A listener's fault is not the call's.
      this.logger.error({ err: error, call: event.callId }, 'an event could not be passed on');
    }
  }

  #forget(call: LiveCall): void {
    this.#calls.delete(call.id);
    this.environments.end(call.id);
    this.metrics.callsRunning.set(this.#calls.size);
    if (this.#calls.size > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}
