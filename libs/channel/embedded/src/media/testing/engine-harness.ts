import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMediaEngine, type MediaEngineOptions } from '../engine.js';
import type { MediaEngine, MediaEvent, MediaParameters, MediaSession } from '../port.js';
import { RtpPhone, type PhoneOptions } from './rtp-phone.js';
import { until } from './wait.js';

export interface Leg {
  readonly session: MediaSession;
  readonly phone: RtpPhone;
  readonly events: MediaEvent[];
}

export const eventsOf = <T extends MediaEvent['type']>(leg: Leg, type: T) =>
  leg.events.filter((event): event is Extract<MediaEvent, { type: T }> => event.type === type);

/** A real engine with phones on loopback. Tests of one file run one after the other; files differ in their ports. */
export class EngineHarness {
  readonly engine: MediaEngine;
  readonly folder: string;
  /** What the engine logged as an error: a test that expects some takes them. */
  readonly #errors: string[];
  readonly #ports: number;
  readonly #legs: Leg[] = [];

  private constructor(engine: MediaEngine, folder: string, errors: string[]) {
    this.#errors = errors;
    this.engine = engine;
    this.folder = folder;
    this.#ports = engine.load.freePorts;
  }

  static async start(options: Partial<MediaEngineOptions> & { readonly rtpPortMin: number }): Promise<EngineHarness> {
    const errors: string[] = [];
    const logger = {
      info: () => undefined,
      warn: () => undefined,
      error: (message: string, details?: object) => errors.push(`${message} ${JSON.stringify(details)}`),
    };
    const engine = createMediaEngine({
      logger,
      rtpPortMax: options.rtpPortMin + 200,
      workers: 2,
      mediaTimeoutMs: 5500,
      ...options,
    });
    await engine.start();
    return new EngineHarness(engine, await mkdtemp(join(tmpdir(), 'callwright-media-')), errors);
  }

  /** A session and a phone that talk to each other. */
  async leg(callId: string, phoneOptions: PhoneOptions = {}, parameters: Partial<MediaParameters> = {}): Promise<Leg> {
    const phone = await RtpPhone.open(phoneOptions);
    const session = await this.engine.open({ callId, address: '127.0.0.1' });
    const events: MediaEvent[] = [];
    session.subscribe((event) => events.push(event));
    session.configure(phone.parameters(parameters));
    phone.talkTo(session.localPort);
    const leg = { session, phone, events };
    this.#legs.push(leg);
    return leg;
  }

  file(name: string): string {
    return join(this.folder, name);
  }

  /** Ends the legs of a test; every session and port comes back. */
  async clear(): Promise<void> {
    for (const { session, phone } of this.#legs.splice(0)) {
      session.close();
      phone.close();
    }
    await until('all sessions are closed', () => this.engine.load.sessions === 0);
    await until('all ports are free', () => this.engine.load.freePorts === this.#ports);
    const errors = this.takeErrors();
    if (errors.length > 0) throw new Error(`The engine logged errors: ${errors.join('; ')}`);
  }

  takeErrors(): string[] {
    return this.#errors.splice(0);
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await rm(this.folder, { recursive: true });
  }
}
