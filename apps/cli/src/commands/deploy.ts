import { inputError, isCallwrightError, messageOf } from '@callwright/kernel';
import { nameOf, type ScenarioDocument } from '@callwright/scenario';
import { oneFile, readArguments } from '../arguments.js';
import { readDocument } from '../files.js';
import { errorsOf, findingLine } from '../findings.js';
import { UsageError, type Command } from '../terminal.js';

const USAGE = 'callwright deploy FILE --number P [--url U --token T]';

/** Stores the scenario (by its document id), publishes it, and binds the number to its latest version. */
export const deploy: Command = async (args, { out, err, env }) => {
  const { positionals, values } = readArguments(args, {
    number: { type: 'string' },
    url: { type: 'string' },
    token: { type: 'string' },
  });
  const file = oneFile(positionals, USAGE);
  const {
    number: pattern,
    url = env['CALLWRIGHT_URL'] ?? 'http://127.0.0.1:3000',
    token = env['CALLWRIGHT_TOKEN'],
  } = values;
  if (pattern === undefined) throw new UsageError(`Usage: ${USAGE}`);
  if (token === undefined) throw new UsageError('A token is needed: --token, or CALLWRIGHT_TOKEN in the environment.');

  const document = await readDocument(file);
  const errors = await errorsOf(file, document);
  if (errors.length > 0) {
    for (const finding of errors) err(findingLine(file, finding));
    return 1;
  }
  const api = new Api(url, token);
  const scenario = await store(api, document);
  const { version } = await api.send<{ version: number }>('POST', `/api/scenarios/${scenario.id}/versions`, {
    comment: `deployed from ${file}`,
  });
  await bind(api, pattern, scenario.id);
  out(`${document.id} version ${version} is deployed to ${pattern}`);
  return 0;
};

interface Scenario {
  readonly id: string;
  readonly document: { readonly id: string };
}

async function store(api: Api, document: ScenarioDocument): Promise<Scenario> {
  const name = nameOf(document);
  for await (const { id } of api.all<{ id: string }>('/api/scenarios')) {
    const { body, etag } = await api.read<Scenario>(`/api/scenarios/${id}`);
    if (body.document.id !== document.id) continue;
    return api.send<Scenario>('PUT', `/api/scenarios/${id}`, { name, document }, { 'if-match': etag ?? '' });
  }
  return api.send<Scenario>('POST', '/api/scenarios', { name, document });
}

async function bind(api: Api, pattern: string, scenarioId: string): Promise<void> {
  try {
    await api.send('POST', '/api/numbers', { pattern, scenarioId, version: 'latest' });
  } catch (error) {
    if (!isCallwrightError(error) || error.code !== 'number.taken') throw error;
    const { id } = await numberLike(api, pattern);
    await api.send('PATCH', `/api/numbers/${id}`, { scenarioId, version: 'latest' });
  }
}

/** The number that the server took for the same one: it stores them without visual separators. */
async function numberLike(api: Api, pattern: string): Promise<{ readonly id: string }> {
  const bare = (text: string) => text.replace(/[^0-9A-Za-z+*#]/g, '');
  for await (const number of api.all<{ id: string; pattern: string }>('/api/numbers')) {
    if (bare(number.pattern) === bare(pattern)) return number;
  }
  throw inputError('number.taken', `${pattern} is taken by a number that cannot be found.`, { pattern });
}

/** The product's own REST interface. */
class Api {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async send<Reply>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const request = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
    return (await this.#fetch<Reply>(path, request)).body;
  }

  read<Reply>(path: string): Promise<{ body: Reply; etag: string | null }> {
    return this.#fetch<Reply>(path, { method: 'GET', headers: {} });
  }

  async *all<Item>(path: string): AsyncGenerator<Item> {
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '?limit=200' : `?limit=200&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: Item[]; next: string | null } = (
        await this.read<{ items: Item[]; next: string | null }>(path + query)
      ).body;
      yield* page.items;
      cursor = page.next;
    } while (cursor !== null);
  }

  async #fetch<Reply>(
    path: string,
    request: { method: string; body?: string; headers: Record<string, string> },
  ): Promise<{ body: Reply; etag: string | null }> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#token}` };
    let response: Response;
    try {
      response = await fetch(new URL(path, this.#url), { ...request, headers });
    } catch (error) {
      const reason = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
      throw inputError('cli.no-connection', `${this.#url} cannot be reached: ${reason}`, {}, error);
    }
    const text = await response.text();
    const body = parse(text);
    if (!response.ok) throw refusal(request.method, path, response.status, body);
    return { body: body as Reply, etag: response.headers.get('etag') };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Not ours: the status says what happened.
  }
}

function refusal(method: string, path: string, status: number, body: unknown) {
  const error = (body as { error?: { code?: string; message?: string } } | null)?.error;
  const message = error?.message ?? 'no explanation was given';
  return inputError(error?.code ?? 'cli.refused', `${method} ${path} was answered ${status}: ${message}`);
}
