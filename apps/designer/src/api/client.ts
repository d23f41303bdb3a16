import { t } from '../i18n/i18n.js';

/** An answer of the API that is not a success, with the stable code of the contract. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    /** From `Retry-After`, in seconds. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** `details.fields` of `input.invalid`: what is wrong with which field. */
  get fields(): Record<string, string> {
    const list = this.details['fields'];
    if (!Array.isArray(list)) return {};
    const found: Record<string, string> = {};
    for (const entry of list as { path?: unknown; message?: unknown }[]) {
      if (typeof entry?.path === 'string' && typeof entry.message === 'string') found[entry.path] ??= entry.message;
    }
    return found;
  }
}

/** The network is gone, or the server is: nothing was said about the request itself. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super(t('The server cannot be reached. Your work stays in this browser until it can.'), { cause });
    this.name = 'NetworkError';
  }
}

export interface Reply<T> {
  readonly body: T;
  readonly etag: string | null;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly form?: FormData;
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
  /** Lets a save finish although the page is being left. */
  readonly keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request to `/api`. The session is the HttpOnly cookie; nothing of it is visible here. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<Reply<T>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const response = await send(method, path, headers, options);
  const text = await response.text();
  const body = text === '' ? undefined : parse(text);
  if (!response.ok) throw failure(response, body);
  return { body: body as T, etag: response.headers.get('etag') };
}

async function send(method: Method, path: string, headers: Record<string, string>, options: RequestOptions) {
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
  try {
    return await fetch(`/api${path}`, {
      method,
      headers,
      body: options.form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      credentials: 'same-origin',
      signal: options.signal ?? null,
      keepalive: options.keepalive ?? false,
    });
  } catch (thrown) {
    if (options.signal?.aborted) throw thrown;
    throw new NetworkError(thrown);
  }
}

/** What a `POST` answers with sound. */
export async function fetchAudio(path: string, body: unknown, signal: AbortSignal): Promise<Blob> {
  const response = await send('POST', path, { accept: 'audio/wav' }, { body, signal });
  if (!response.ok) throw failure(response, parse(await response.text()));
  return response.blob();
}

export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export function failure(
  response: Pick<Response, 'status' | 'statusText' | 'headers'>,
  body: unknown,
): ApiError | NetworkError {
  const error = (body as { error?: { code?: string; message?: string; details?: Record<string, unknown> } } | undefined)
    ?.error;
  // A proxy's page instead of the API's answer: the API itself is not there.
  if (!error && response.status >= 502) return new NetworkError(response.statusText);
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiError(
    response.status,
    error?.code ?? `http.${response.status}`,
    error?.message ?? `The server answered ${response.status}.`,
    error?.details,
    Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
  );
}

export const get = async <T>(path: string, signal?: AbortSignal) => (await request<T>('GET', path, { signal })).body;
/** Something that is no JSON: sound, a picture. */
export async function getBytes(address: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(address, { credentials: 'same-origin', signal: signal ?? null });
  if (!response.ok) throw failure(response, undefined);
  return response.arrayBuffer();
}
export const post = async <T>(path: string, body: unknown = {}) => (await request<T>('POST', path, { body })).body;
export const put = async <T>(path: string, body: unknown) => (await request<T>('PUT', path, { body })).body;
export const patch = async <T>(path: string, body: unknown) => (await request<T>('PATCH', path, { body })).body;
export const remove = async (path: string) => void (await request<undefined>('DELETE', path));
export const upload = async <T>(path: string, form: FormData) => (await request<T>('POST', path, { form })).body;
