import { Inject, type OnApplicationShutdown } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import { CallwrightError, messageOf, type Unsubscribe } from '@callwright/kernel';
import type { Logger } from 'pino';
import type { Namespace, Socket } from 'socket.io';
import { sameOrigin, sessionCookie } from '../auth/cookie.js';
import { Credentials } from '../auth/credentials.js';
import type { Principal } from '../auth/principal.js';
import { scopesAllow } from '../auth/scopes.js';
import { CallRegistry, type CallHappening } from '../calls/call-registry.js';
import { callItem } from '../calls/calls.schemas.js';
import { CallsService } from '../calls/calls.service.js';
import { apiError } from '../errors.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { LOGGER } from '../platform/tokens.js';
import { ScenariosService } from '../scenarios/scenarios.service.js';
import type { z } from 'zod';
import { Boards } from './boards.js';
import { Listening } from './listening.js';
import { ear, editing, type Subscription, subscription, watching } from './live.schemas.js';
import { Presence } from './presence.js';

/** Sessions may end in another process, and expire by themselves: sockets look again this often. */
const RECHECK_MS = 3000;

interface Visitor {
  readonly token: string;
  readonly principal: Principal;
}

/** The live events over socket.io (`/live`): what the event log hears, at the same moment and in the same shape. */
@WebSocketGateway({
  namespace: '/live',
  serveClient: false,
  maxHttpBufferSize: 100_000,
  connectTimeout: 10_000,
  pingInterval: 10_000,
  pingTimeout: 10_000,
})
export class LiveGateway implements OnGatewayInit<Namespace>, OnApplicationShutdown {
  #namespace: Namespace | undefined;
  #presence: Presence | undefined;
  #recheck: NodeJS.Timeout | undefined;
  #unsubscribe: Unsubscribe[] = [];

  constructor(
    private readonly credentials: Credentials,
    private readonly calls: CallsService,
    private readonly scenarios: ScenariosService,
    private readonly registry: CallRegistry,
    private readonly boards: Boards,
    private readonly listening: Listening,
    private readonly metrics: Metrics,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  afterInit(namespace: Namespace): void {
    this.#namespace = namespace;
    const presence = new Presence(namespace);
    this.#presence = presence;
    this.boards.open(namespace);
    namespace.use((socket, next) => {
      this.#enter(socket).then(
        () => next(),
        (error: unknown) => next(refusal(error)),
      );
    });
    namespace.on('connection', (socket) => this.#welcome(socket));
    // Nobody has any business in the unnamed namespace.
    namespace.server.of('/').use((_, next) => next(new Error('auth.required')));
    this.#unsubscribe = [
      this.registry.happened.subscribe((happening) => this.#tell(happening)),
      this.credentials.ended.subscribe(() => void this.#dismissEnded()),
      this.scenarios.saved.subscribe(({ scenario: { workspaceId, id, revision, updatedAt }, by }) =>
        presence.saved(workspaceId, id, revision, by, updatedAt),
      ),
    ];
    this.#recheck = setInterval(() => void this.#dismissEnded(), RECHECK_MS);
    this.#recheck.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#recheck);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  /** By a token, or by the cookie of a page that we served. */
  async #enter(socket: Socket): Promise<void> {
    const { headers, auth } = socket.handshake;
    const given: unknown = auth['token'];
    const cookie = sameOrigin(headers, headers.host) ? sessionCookie(headers) : null;
    const token = typeof given === 'string' ? given : cookie;
    const principal = token === null ? null : await this.credentials.principal(token);
    if (token === null || !principal) throw apiError('auth.required');
    if (!scopesAllow(principal.scopes, '/api/calls', true)) throw apiError('auth.forbidden');
    visitorOf(socket).set({ token, principal });
  }

  #welcome(socket: Socket): void {
    const { principal } = visitorOf(socket).get();
    this.metrics.sockets.inc();
    socket.on('disconnect', () => {
      this.metrics.sockets.dec();
      this.#leave(socket, principal).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'editors could not be told that one has left'),
      );
    });
    const on = (name: string, work: (wanted: unknown) => Promise<object>) =>
      socket.on(name, (...given: unknown[]) => void this.#answer(given.at(-1), () => work(given[0])));
    on('subscribe', (wanted) => this.#subscribe(socket, principal, wanted));
    on('unsubscribe', async (wanted) => {
      await socket.leave(roomOf(principal.workspaceId, parsed(wanted)));
      return { ok: true };
    });
    on('edit', (given) => this.#edit(socket, principal, given));
    on('leave', () => this.#leave(socket, principal));
    on('watch', async (wanted) => {
      const given = read(watching, wanted, WATCH);
      if (given.board !== 'all') await this.scenarios.get(principal, given.board.scenario);
      return { ok: true, board: await this.boards.watch(socket, principal, given) };
    });
    on('unwatch', async (wanted) => {
      await this.boards.unwatch(socket, principal, read(watching, wanted, WATCH));
      return { ok: true };
    });
    on('listen', async (wanted) => {
      // Who may listen may have changed since the socket was opened.
      const now = await this.credentials.principal(visitorOf(socket).get().token);
      if (!now) throw apiError('auth.required');
      await this.listening.listen(socket, now, read(ear, wanted, LISTEN));
      return { ok: true };
    });
    on('stop-listening', (wanted) => {
      this.listening.stop(socket, read(ear, wanted, LISTEN));
      return Promise.resolve({ ok: true });
    });
  }

  async #edit(socket: Socket, who: Principal, given: unknown): Promise<object> {
    const wanted = read(editing, given, EDIT);
    await this.scenarios.get(who, wanted.scenario);
    return (await this.#presence?.edit(socket, who, wanted)) ?? { ok: true };
  }

  async #leave(socket: Socket, who: Principal): Promise<object> {
    return (await this.#presence?.leave(socket, who)) ?? { ok: true };
  }

  async #subscribe(socket: Socket, who: Principal, wanted: unknown): Promise<object> {
    const given = parsed(wanted);
    if (given.calls !== 'all' && 'scenario' in given.calls) await this.scenarios.get(who, given.calls.scenario);
    if (given.calls !== 'all' && 'call' in given.calls) await this.calls.get(who, given.calls.call);
    // The room first, the list next, without a pause between them: nothing falls into a gap.
    const joined = socket.join(roomOf(who.workspaceId, given));
    const calls = this.calls.live(who).filter(({ id, scenarioId }) => fits(given, id, scenarioId));
    await joined;
    return { ok: true, calls: calls.map((call) => callItem.parse(call)) };
  }

  async #answer(ack: unknown, work: () => Promise<object>): Promise<void> {
    const reply = await work().catch((error: unknown) => {
      if (error instanceof CallwrightError) return { error: { code: error.code, message: error.message } };
      this.logger.error({ err: error }, 'a subscription failed');
      return { error: { code: 'server.failed', message: messageOf(apiError('server.failed')) } };
    });
    if (typeof ack === 'function') (ack as (reply: object) => void)(reply);
  }

  #tell({ workspaceId, event }: CallHappening): void {
    const rooms = [
      roomOf(workspaceId, { calls: 'all' }),
      roomOf(workspaceId, { calls: { call: event.callId } }),
      roomOf(workspaceId, { calls: { scenario: event.scenarioId } }),
    ];
    // To several rooms at once a socket that is in more than one of them hears it once.
    this.#namespace?.to(rooms).emit(event.name, event);
  }

  async #dismissEnded(): Promise<void> {
    try {
      for (const socket of this.#namespace?.sockets.values() ?? []) {
        if (!(await this.credentials.principal(visitorOf(socket).get().token))) socket.disconnect(true);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'sockets could not be checked');
    }
  }
}

/** Not on the socket itself: what is there travels to the other processes, and a token must not. */
const visitors = new WeakMap<Socket, Visitor>();
const visitorOf = (socket: Socket) => ({
  get: (): Visitor => {
    const visitor = visitors.get(socket);
    if (!visitor) throw new Error('a socket was let in without a principal');
    return visitor;
  },
  set: (visitor: Visitor) => void visitors.set(socket, visitor),
});

const SUBSCRIBE = 'Subscribe with { calls: "all" }, { calls: { call: id } } or { calls: { scenario: id } }.';
const EDIT = 'Open a scenario with { scenario: id, selection: [ids of nodes] }.';
const WATCH = 'Watch { board: "all" } or { board: { scenario: id } }.';
const LISTEN = 'Listen with { call: id, leg: name }.';

function read<T extends z.ZodType>(schema: T, wanted: unknown, help: string): z.output<T> {
  const result = schema.safeParse(wanted);
  if (!result.success) throw apiError('input.invalid', {}, help);
  return result.data;
}

const parsed = (wanted: unknown): Subscription => read(subscription, wanted, SUBSCRIBE);

function roomOf(workspaceId: string, { calls }: Subscription): string {
  if (calls === 'all') return `${workspaceId} all`;
  return 'call' in calls ? `${workspaceId} call ${calls.call}` : `${workspaceId} scenario ${calls.scenario}`;
}

function fits({ calls }: Subscription, id: string, scenarioId: string | null): boolean {
  if (calls === 'all') return true;
  return 'call' in calls ? calls.call === id : calls.scenario === scenarioId;
}

/** socket.io shows an error's message to the client: the code alone. */
function refusal(error: unknown): Error {
  return new Error(error instanceof CallwrightError ? error.code : 'server.failed');
}
