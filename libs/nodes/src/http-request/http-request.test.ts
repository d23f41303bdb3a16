import { describe, expect, it } from 'vitest';
import { inputError, remoteError, resourceError, sleep } from '@callwright/kernel';
import { nodeTest, problemsOf, type Stage } from '../testing/node-test.js';
import { httpRequest as definition } from './http-request.node.js';

const httpRequest = nodeTest(definition);
const url = 'https://example.org/customers';
const replies =
  (status: number, body: string, contentType = 'application/json', afterMs = 0) =>
  (stage: Stage) => {
    stage.http = async (_, signal) => {
      await sleep(stage.clock, afterMs, signal);
      return { status, headers: { 'content-type': contentType }, body };
    };
  };

describe('http-request', () => {
  it('gives the reply, read when it is JSON', async () => {
    await httpRequest({ url })
      .given(replies(200, '{"name":"Anna"}'))
      .afterwards(({ requests }) =>
        expect(requests).toEqual([
          { method: 'GET', url, headers: {}, body: null, timeoutMs: 10_000, secret: undefined },
        ]),
      )
      .expectOutcome('ok', { status: 200, headers: { 'content-type': 'application/json' }, body: { name: 'Anna' } });
  });

  it('knows JSON by its type', async () => {
    const body = async (text: string, type: string) =>
      (
        await httpRequest({ url })
          .given(replies(200, text, type))
          .result()
      ).output?.['body'];
    expect(await body('[1]', 'application/problem+json; charset=utf-8')).toEqual([1]);
    expect(await body('[1]', 'Application/JSON')).toEqual([1]);
    expect(await body('[1]', 'text/plain')).toBe('[1]');
    await httpRequest({ url })
      .given(replies(204, ''))
      .afterwards(({ logged }) => expect(logged).toEqual([]))
      .expectOutcome('ok', { status: 204, headers: { 'content-type': 'application/json' }, body: '' });
  });

  it('keeps as text what only says that it is JSON, and tells', async () => {
    const { output } = await httpRequest({ url })
      .given(replies(200, '{oops'))
      .afterwards(({ logged }) => expect(logged).toHaveLength(1))
      .expectOutcome('ok');
    expect(output?.['body']).toBe('{oops');
  });

  it('has an outcome for errors of the other system', async () => {
    await httpRequest({ url }).given(replies(399, '')).expectOutcome('ok');
    await httpRequest({ url }).given(replies(400, '{}')).expectOutcome('http-error');
    await httpRequest({ url })
      .given(replies(503, 'down', 'text/plain'))
      .expectOutcome('http-error');
  });

  it('has an outcome for a reply that does not come in time', async () => {
    const late = (stage: Stage) => void (stage.http = () => Promise.reject(resourceError('http.timeout', 'late')));
    await httpRequest({ url }).given(late).expectOutcome('timeout');
  });

  it('fails where there is no connection, or none is allowed', async () => {
    const dead = (stage: Stage) => void (stage.http = () => Promise.reject(remoteError('http.no-connection', 'dead')));
    const blocked = (stage: Stage) => void (stage.http = () => Promise.reject(inputError('http.blocked', 'private')));
    await httpRequest({ url }).given(dead).expectFailure('http.no-connection');
    await httpRequest({ url }).given(blocked).expectFailure('http.blocked');
  });

  it('sends text as it is and anything else as JSON', async () => {
    const sent = async (body: unknown, headers = {}) => {
      let request: unknown = null;
      await httpRequest({ url, method: 'POST', headers, body: body as string })
        .given(replies(200, ''))
        .afterwards(({ requests }) => void (request = { headers: requests[0]?.headers, body: requests[0]?.body }))
        .expectOutcome('ok');
      return request;
    };
    expect(await sent('a=1')).toEqual({ headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: 'a=1' });
    expect(await sent({ a: 1 })).toEqual({ headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' });
    expect(await sent(0)).toEqual({ headers: { 'Content-Type': 'application/json' }, body: '0' });
    expect(await sent('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1',
    });
  });

  it('lets the caller hear music until the reply is there', async () => {
    await httpRequest({ url, music: [{ play: 'hello.wav' }] })
      .given(replies(200, '{}', 'application/json', 5_000))
      .wait(4_999)
      .hears('[hello.wav]')
      .wait(1)
      .hears()
      .expectOutcome('ok');
  });

  it('also runs after the call, without music', async () => {
    await httpRequest({ url, music: [{ play: 'hello.wav' }] })
      .notAnswered()
      .given(replies(200, '{}'))
      .heard()
      .expectOutcome('ok');
    expect(definition.needs).toBe('none');
  });

  it('is given up when the caller hangs up', async () => {
    await httpRequest({ url })
      .given(replies(200, '{}', 'application/json', 60_000))
      .wait(1_000)
      .hangUp()
      .expectInterrupted();
  });

  it.each([
    [{ url: '' }, 'url: Say where the request goes.'],
    [{ url: 'file:///etc/passwd' }, 'url: An address begins with http:// or https://.'],
    [
      { url, headers: { 'X-A': 'b\r\nHost: evil' } },
      'headers.X-A: A header value has no line breaks and no control characters.',
    ],
    [{ url, headers: { 'X-A\r\nHost': 'evil' } }, expect.stringContaining('is no name of a header.')],
    [{ url, headers: { Host: 'evil' } }, 'headers.Host: "Host" is set by itself.'],
    [{ url, method: 'CONNECT' }, expect.stringContaining('method')],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(definition, config)).toContainEqual(problem);
  });
});
