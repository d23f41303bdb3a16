import { io, type Socket } from 'socket.io-client';
import type { Call, CallEvent, Page, Phone, Scenario, ScenarioDocument } from './contract.js';
import { eventually } from './eventually.js';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown,
  ) {
    super(`${status} ${code}: ${message}`);
  }
}

/** The REST API and the live socket, spoken to with a bearer token. */
export class Api {
  private constructor(
    private readonly url: string,
    readonly token: string,
  ) {}

  static async login(url: string, credentials: { email: string; password: string }): Promise<Api> {
    const { token } = await new Api(url, '').post<{ token: string }>('/auth/login', credentials);
    return new Api(url, token);
  }

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path);
  }
  post<T>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<T> {
    return this.request<T>('POST', path, body, headers);
  }
  put<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.request<T>('PUT', path, body, headers);
  }
  patch<T>(path: string, body: unknown): Promise<T> {
    return this.request<T>('PATCH', path, body);
  }
  delete(path: string): Promise<void> {
    return this.request<void>('DELETE', path);
  }

  /** A reply as it is, for those who look at status and headers. */
  raw(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      ...(this.token && { authorization: `Bearer ${this.token}` }),
      ...(init.headers as Record<string, string>),
    };
    const send = () => fetch(`${this.url}/api${path}`, { ...init, method, headers });
    // A test that computes for seconds does not see that the server has closed the idle connection meanwhile.
    return send().catch((error: Error) => {
      if ((error.cause as { code?: string } | undefined)?.code === 'UND_ERR_SOCKET') return send();
      throw error;
    });
  }

  private async request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const init: RequestInit =
      body instanceof FormData
        ? { body, headers }
        : body === undefined
          ? { headers }
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
    const reply = await this.raw(method, path, init);
    if (reply.ok) return (reply.status === 204 ? undefined : await reply.json()) as T;
    const text = await reply.text();
    let error: { code?: string; message?: string; details?: unknown } = {};
    try {
      error = (JSON.parse(text) as { error: typeof error }).error;
    } catch {
      error = { code: 'not-json', message: text.slice(0, 300) };
    }
    throw new ApiError(reply.status, error.code ?? '?', error.message ?? text, error.details);
  }

  /** Stores a document, publishes it and binds it to a number. */
  async deploy(
    document: ScenarioDocument,
    pattern: string,
    version: 'latest' | number = 'latest',
  ): Promise<Scenario & { numberId: string }> {
    const scenario = await this.post<Scenario>('/scenarios', { name: document.meta.name, document });
    await this.post(`/scenarios/${scenario.id}/versions`, { comment: 'first' });
    const number = await this.post<{ id: string }>('/numbers', { pattern, scenarioId: scenario.id, version });
    return { ...scenario, numberId: number.id };
  }

  /** Changes the draft and publishes it; gives the new version's number. */
  async publish(scenarioId: string, document: ScenarioDocument): Promise<number> {
    const draft = await this.raw('GET', `/scenarios/${scenarioId}`);
    const etag = draft.headers.get('etag') ?? '';
    await draft.arrayBuffer();
    await this.put(`/scenarios/${scenarioId}`, { document }, { 'if-match': etag });
    const { version } = await this.post<{ version: number }>(`/scenarios/${scenarioId}/versions`, {});
    return version;
  }

  addPhone(username: string, password: string): Promise<Phone> {
    return this.post<Phone>('/phones', { username, password, displayName: username });
  }

  async upload(name: string, wav: Uint8Array): Promise<void> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(wav)], { type: 'audio/wav' }), `${name}.wav`);
    form.set('name', name);
    await this.post('/media', form);
  }

  call(id: string): Promise<Call> {
    return this.get<Call>(`/calls/${id}`);
  }

  async calls(query = ''): Promise<readonly Call[]> {
    return (await this.get<Page<Call>>(`/calls${query}`)).items;
  }

  async liveCalls(): Promise<readonly Call[]> {
    const reply = await this.get<readonly Call[] | Page<Call>>('/calls/live');
    return 'items' in reply ? reply.items : reply;
  }

  async events(callId: string): Promise<readonly CallEvent[]> {
    const all: CallEvent[] = [];
    let cursor = '';
    do {
      const page: Page<CallEvent> = await this.get(`/calls/${callId}/events?limit=200${cursor}`);
      all.push(...page.items);
      cursor = page.next === null ? '' : `&cursor=${encodeURIComponent(page.next)}`;
    } while (cursor);
    return all;
  }

  /** The call as it is stored once it has ended and its record is written. */
  ended(callId: string, timeoutMs = 30_000): Promise<Call> {
    return eventually(
      `call ${callId} has ended`,
      async () => {
        const call = await this.call(callId);
        return call.endedAt === null ? null : call;
      },
      timeoutMs,
    );
  }

  /** Everything that the socket tells from here on. */
  live(): Promise<LiveView> {
    return LiveView.open(this.url, this.token);
  }
}

/** A client of `/live` that hears every call. */
export class LiveView {
  readonly events: CallEvent[] = [];

  private constructor(private readonly socket: Socket) {
    socket.onAny((_name: string, event: CallEvent) => this.events.push(event));
  }

  static async open(url: string, token: string): Promise<LiveView> {
    const socket = io(`${url}/live`, { auth: { token }, transports: ['websocket'], reconnection: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const view = new LiveView(socket);
    const reply = (await socket.timeout(30_000).emitWithAck('subscribe', { calls: 'all' })) as { error?: unknown };
    if (reply.error) throw new Error(`subscribe: ${JSON.stringify(reply.error)}`);
    return view;
  }

  /** The first event that fits, whether it has come already or comes in time. */
  saw(
    name: string,
    fits: Readonly<Record<string, unknown>> | ((event: CallEvent) => boolean) = {},
    timeoutMs = 30_000,
  ): Promise<CallEvent> {
    const matches =
      typeof fits === 'function'
        ? fits
        : (event: CallEvent) => Object.entries(fits).every(([key, value]) => event[key] === value);
    return eventually(
      `${name} ${typeof fits === 'function' ? '' : JSON.stringify(fits)}; saw ${this.events.map((event) => event.name).join(' ')}`,
      () => this.events.find((event) => event.name === name && matches(event)),
      timeoutMs,
    );
  }

  close(): void {
    this.socket.disconnect();
  }
}
