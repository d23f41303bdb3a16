import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads. Every metric of ours is named here and moves in a test. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly httpRequests = this.#add(
    new Histogram({
      registers: [],
      name: 'callwright_http_request_seconds',
      help: 'Requests by method and status.',
      labelNames: ['method', 'status'] as const,
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    }),
  );
  readonly callsOffered = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_calls_offered_total',
      help: 'New calls by what was decided.',
      labelNames: ['verdict'] as const,
    }),
  );
  readonly callsRunning = this.#add(
    new Gauge({ registers: [], name: 'callwright_calls_running', help: 'Calls that run now.' }),
  );
  readonly callsEnded = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_calls_ended_total',
      help: 'Calls that ended, by cause.',
      labelNames: ['cause'] as const,
    }),
  );
  readonly callSeconds = this.#add(
    new Histogram({
      registers: [],
      name: 'callwright_call_seconds',
      help: 'Length of calls.',
      buckets: [5, 15, 30, 60, 180, 600, 1800],
    }),
  );
  readonly callEvents = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_call_events_total',
      help: 'Entries of the event log.',
      labelNames: ['name'] as const,
    }),
  );
  readonly eventsWaiting = this.#add(
    new Gauge({
      registers: [],
      name: 'callwright_call_events_waiting',
      help: 'Entries of the event log that are not in the database yet.',
    }),
  );
  readonly eventsSpooled = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_call_events_spooled_total',
      help: 'Entries of the event log that went to disk while the database was away.',
    }),
  );
  readonly outboundRefused = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_outbound_refused_total',
      help: 'Outbound calls that policy refused, by reason.',
      labelNames: ['code'] as const,
    }),
  );
  readonly webhookDeliveries = this.#add(
    new Counter({
      registers: [],
      name: 'callwright_webhook_deliveries_total',
      help: 'Attempts to deliver a webhook, by result.',
      labelNames: ['result'] as const,
    }),
  );
  readonly sockets = this.#add(
    new Gauge({ registers: [], name: 'callwright_live_sockets', help: 'Connected pages and programs.' }),
  );

  readonly faults = this.#add(
    new Counter({ registers: [], name: 'callwright_faults_total', help: 'Errors that nobody caught. Each is a bug.' }),
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  #add<T extends Counter<string> | Gauge<string> | Histogram<string>>(metric: T): T {
    this.registry.registerMetric(metric);
    return metric;
  }
}
