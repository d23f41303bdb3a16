import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CallwrightError, messageOf } from '@callwright/kernel';
import { Agent, buildConnector, request } from 'undici';
import { apiError } from '../../errors.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../tokens.js';
import { AddressPolicy } from './address-policy.js';
import { OwnPorts } from './own-ports.js';

const CONNECT_TIMEOUT_MS = 5000;
const LARGEST_REPLY = 1024 * 1024;

export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}

export interface EgressReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The one way out over HTTP (reliability S2), for nodes and webhooks alike: a name is resolved, every address of it is checked,
 * and the connection goes to the address that was checked. Redirects are given back and not followed.
 */
@Injectable()
export class Egress implements OnApplicationShutdown {
  readonly policy: AddressPolicy;
  readonly #agent: Agent;

  constructor(@Inject(CONFIG) config: Pick<Config, 'EGRESS_ALLOW'>, ownPorts: OwnPorts) {
    this.policy = new AddressPolicy(config.EGRESS_ALLOW, () => ownPorts.all);
    const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS });
    this.#agent = new Agent({
      connect: (options, done) => {
        this.#checkedAddress(options.hostname, Number(options.port) || (options.protocol === 'https:' ? 443 : 80)).then(
          (address) =>
            connect(
              {
                ...options,
                hostname: address,
                servername: options.servername ?? (isIP(options.hostname) ? '' : options.hostname),
              },
              done,
            ),
          (error: Error) => done(error, null),
        );
      },
      maxResponseSize: LARGEST_REPLY,
    });
  }

  /** Rejects with `http.blocked`, `http.bad-request`, `http.timeout`, `http.no-connection`, `http.too-large`, or the signal's reason. */
  async request({ url, timeoutMs, ...options }: EgressRequest, signal?: AbortSignal): Promise<EgressReply> {
    const target = targetOf(url);
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const reply = await request(target, {
        method: options.method as 'GET',
        headers: options.headers,
        body: options.body,
        dispatcher: this.#agent,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: reply.statusCode, headers: plain(reply.headers), body: await reply.body.text() };
    } catch (error) {
      signal?.throwIfAborted();
      throw asHttpError(error, timeout);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }

  /** Every address of the name must be allowed: one that is not would be the one that is taken next time. */
  async #checkedAddress(hostname: string, port: number): Promise<string> {
    const host = hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address);
    const [first] = addresses;
    if (first === undefined) throw apiError('http.no-connection');
    if (!addresses.every((address) => this.policy.allows(host, address, port)))
      throw apiError('http.blocked', { host });
    return first;
  }
}

function targetOf(url: string): URL {
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    throw apiError('http.bad-request', {}, 'The address cannot be read.');
  }
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw apiError('http.blocked', {}, 'Only http: and https: addresses are fetched.');
  }
  return target;
}

function asHttpError(error: unknown, timeout: AbortSignal): CallwrightError {
  const { code, name, cause } = error as { code?: string; name?: string; cause?: unknown };
  const inner = [error, cause].find((one) => one instanceof CallwrightError);
  if (inner) return inner;
  if (timeout.aborted || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return apiError('http.timeout', {}, undefined, error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return apiError('http.too-large', {}, undefined, error);
  if (name === 'InvalidArgumentError' || error instanceof TypeError)
    return apiError('http.bad-request', {}, messageOf(error), error);
  return apiError('http.no-connection', {}, undefined, error);
}

function plain(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
