import type { Json } from '@callwright/kernel';

type Headers = Readonly<Record<string, string>>;

/** Text as it is, anything else as JSON; the content type says which, unless the author did. */
export function withBody(headers: Headers, body: Json | undefined): { headers: Headers; body: string | null } {
  if (body === undefined) return { headers, body: null };
  const isText = typeof body === 'string';
  const said = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const contentType = isText ? 'text/plain; charset=utf-8' : 'application/json';
  return {
    headers: said ? headers : { ...headers, 'Content-Type': contentType },
    body: isText ? body : JSON.stringify(body),
  };
}
