export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Tests read what the reply should hold; anything else fails them.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
}

/** Somebody who sends requests, with or without a token or a cookie. */
export class Visitor {
  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  with(headers: Record<string, string>): Visitor {
    return new Visitor(this.url, { ...this.headers, ...headers });
  }

  bearing(token: string): Visitor {
    return this.with({ authorization: `Bearer ${token}` });
  }

  get token(): string {
    return this.headers['authorization']?.slice('Bearer '.length) ?? '';
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }
  post(path: string, body?: unknown): Promise<Reply> {
    return this.send('POST', path, body);
  }
  put(path: string, body?: unknown): Promise<Reply> {
    return this.send('PUT', path, body);
  }
  patch(path: string, body?: unknown): Promise<Reply> {
    return this.send('PATCH', path, body);
  }
  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path);
  }

  async send(method: string, path: string, body?: unknown): Promise<Reply> {
    const isForm = body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...this.headers },
      ...(body === undefined ? {} : { body: isForm || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }
}
