import { isCallwrightError, type Json } from '@callwright/kernel';
import { z } from 'zod';
import { duration, given, httpHeaders, json, onceEvaluated, prompt, secretName, text } from '../fields/index.js';
import { defineNode, type HttpReply } from '../node.js';
import { interrupted } from '../running/over.js';
import { withMusic } from '../running/with-music.js';
import { bodyOf } from './reply.js';
import { withBody } from './request.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

export const httpRequest = defineNode({
  type: 'http-request',
  version: 1,
  title: 'HTTP request',
  summary: 'Asks another system, and keeps its answer.',
  icon: 'World',
  group: 'data',
  needs: 'none',
  waitsFor: 'far-end',
  config: z.strictObject({
    method: z
      .enum(METHODS)
      .meta({ title: 'Method', description: 'What is asked of the other system.', control: 'choice' })
      .default('GET'),
    url: text('URL', 'Address, beginning with http:// or https://.')
      .min(1, 'Say where the request goes.')
      .refine(
        onceEvaluated((url) => /^https?:\/\/[^\s/?#]/i.test(url)),
        'An address begins with http:// or https://.',
      )
      .meta({ title: 'URL', description: 'Address, beginning with http:// or https://.', control: 'text' }),
    headers: httpHeaders('Headers', 'Headers of the request.').default({}),
    body: json('Body', 'Text is sent as it is, anything else as JSON.').optional(),
    timeoutMs: duration('Timeout', 'How long the whole request may take.', { min: 100, max: 120_000 }).default(10_000),
    secret: secretName('Secret', 'A stored secret that is sent as Authorization: Bearer.').optional(),
    music: prompt('Music', 'What the caller hears meanwhile, over and over.').default([]),
  }),
  outcomes: () => ['ok', 'http-error', 'timeout'],
  output: z.strictObject({
    status: given(z.int(), 'The status of the reply, such as 200.', 200).optional(),
    headers: given(z.record(z.string(), z.string()), 'The headers of the reply.', {}).optional(),
    body: given(z.json(), 'The body of the reply; read, when it is JSON.', {}).optional(),
  }),
  exampleOutput: (outcome) =>
    outcome === 'timeout' ? {} : { status: outcome === 'ok' ? 200 : 500, headers: {}, body: {} },
  async run(run) {
    const { config, services, signal } = run;
    const { method, url, timeoutMs, secret } = config;
    const request = { method, url, timeoutMs, secret, ...withBody(config.headers, config.body as Json | undefined) };
    let reply: HttpReply;
    try {
      reply = await withMusic(run, config.music, () => services.http.request(request, signal));
    } catch (error) {
      if (signal.aborted) return interrupted();
      if (isCallwrightError(error) && error.code === 'http.timeout') return { outcome: 'timeout' };
      throw error;
    }
    const body = bodyOf(reply, () => run.log('warn', 'The reply says that it is JSON, but it cannot be read as such.'));
    const { status, headers } = reply;
    return { outcome: status >= 400 ? 'http-error' : 'ok', output: { status, headers, body } };
  },
});
