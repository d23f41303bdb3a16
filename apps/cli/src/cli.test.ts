import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { main } from './main.js';

const folder = mkdtempSync(join(tmpdir(), 'callwright-cli-'));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const wire = (is: string, target: string) => ({ guard: { type: 'outcome', params: { is } }, target, reenter: true });
const node = (src: string, input: unknown, ...onDone: unknown[]) => ({ invoke: { src, input, onDone } });

const frontDesk = {
  id: 'front-desk',
  meta: { format: 1, name: 'Front desk', variables: { tries: 0 } },
  initial: 'answer',
  on: { 'call.ended': '.after_call' },
  states: {
    answer: node('answer', {}, wire('answered', 'menu')),
    menu: node(
      'menu',
      {
        prompt: [{ say: 'For sales press 1, for support press 2.' }],
        keys: { '1': 'sales', '2': 'support' },
        attempts: 2,
        noInputPrompts: [{ say: 'Are you there?' }].map((part) => [part]),
      },
      wire('sales', 'sales'),
      wire('support', 'support'),
      wire('no-input', 'bye'),
    ),
    sales: node('transfer', { to: 'sip:sales@example.org' }, wire('busy', 'sorry'), wire('returned', 'bye')),
    sorry: node('say', { prompt: [{ say: 'All lines are busy.' }] }, wire('done', 'bye')),
    support: node('say', { prompt: [{ say: 'You pressed {{ steps.menu.digits }}.' }] }, wire('done', 'note')),
    note: node('set-variables', { assign: { tries: '{{ vars.tries + 1 }}' } }, wire('done', 'bye')),
    bye: node('hang-up', {}),
    after_call: node('log', { message: 'caller left after {{ steps.menu.digits }}' }),
    Ended: { type: 'final' },
  },
};

async function callwright(
  args: string[],
  { input = [] as string[], env = {} as Record<string, string>, isScreen = true } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    isScreen,
    lines: (async function* () {
      yield* input;
    })(),
    env,
  });
  return { code, out, err };
}

describe('callwright', () => {
  it('explains itself when it is not understood', async () => {
    expect(await callwright([])).toMatchObject({ code: 2, err: [expect.stringContaining('callwright run FILE')] });
    expect(await callwright(['toString'])).toMatchObject({ code: 2 });
    expect(await callwright(['run'])).toMatchObject({ code: 2 });
    expect(await callwright(['validate', '--nonsense', 'x.json'])).toMatchObject({ code: 2 });
    expect(await callwright(['--help'])).toMatchObject({ code: 0 });
  });

  it('says which file cannot be read', async () => {
    const { code, err } = await callwright(['run', join(folder, 'missing.json')]);
    expect(code).toBe(1);
    expect(err[0]).toContain('cli.unreadable-file');
  });
});

describe('callwright validate', () => {
  it('passes what can be published', async () => {
    expect(await callwright(['validate', file('good.json', frontDesk)])).toMatchObject({ code: 0 });
  });

  it('names file, node, severity and code of each finding', async () => {
    const bad = { ...frontDesk, states: { ...frontDesk.states, bye: node('juggle', {}) } };
    const path = file('bad.json', bad);
    const { code, out } = await callwright(['validate', path]);
    expect(code).toBe(1);
    expect(out[0]).toMatch(new RegExp(`^${path}:bye: error scenario\\.unknown-node-type .+`));
  });

  it('knows the outcomes of a subflow that lies beside it', async () => {
    const ending = { Ended: { type: 'final' } };
    file('sub.json', { id: 'sub', initial: 'back', states: { back: node('return', { outcome: 'yes' }), ...ending } });
    const outer = (outcome: string) => ({
      id: 'outer',
      initial: 'ask',
      states: { ask: node('subflow', { scenario: 'sub' }, wire(outcome, 'bye')), bye: node('hang-up', {}), ...ending },
    });
    expect(await callwright(['validate', file('yes.json', outer('yes'))])).toMatchObject({ code: 0 });
    const { code, out } = await callwright(['validate', file('no.json', outer('no'))]);
    expect(code).toBe(1);
    expect(out[0]).toContain('scenario.unknown-outcome');
  });

  it('judges what is not a document, and goes on with the next file', async () => {
    const { code, out } = await callwright([
      'validate',
      file('no.json', '{'),
      file('list.json', []),
      file('good.json', frontDesk),
    ]);
    expect(code).toBe(1);
    expect(out.some((line) => line.includes('scenario.bad-json'))).toBe(true);
    expect(out.some((line) => line.includes('scenario.not-a-document'))).toBe(true);
  });
});

describe('callwright run', () => {
  it('plays a call: digits in, words and nodes out', async () => {
    const { code, out, err } = await callwright(['run', file('desk.json', frontDesk)], { input: ['2'] });
    expect(code).toBe(0);
    expect(err).toContain('info: caller left after 2');
    expect(out).toEqual([
      'node answer',
      'outcome answered',
      'node menu',
      'say For sales press 1, for support press 2.',
      'outcome support',
      'node support',
      'say You pressed 2.',
      'outcome done',
      'node note',
      'outcome done',
      'node bye',
      'ended normal',
      'node after_call',
      'outcome done',
    ]);
  });

  it('waits where the scenario waits', async () => {
    const { out } = await callwright(['run', file('desk.json', frontDesk)], {
      input: ['wait 4000', 'wait 2000', 'hang-up'],
    });
    expect(out).toContain('say Are you there?');
    expect(out).toContain('ended normal');
    expect(out).not.toContain('outcome no-input');
  });

  it('is told what a callee gives', async () => {
    const { out } = await callwright(['run', file('desk.json', frontDesk)], { input: ['1', 'outcome sales busy'] });
    expect(out).toContain('say All lines are busy.');
  });

  it('hangs up when the input ends, and explains what it does not understand', async () => {
    const { out, err } = await callwright(['run', file('desk.json', frontDesk)], { input: ['sing'] });
    expect(err[0]).toContain('sing');
    expect(out).toContain('ended normal');
  });
});

describe('callwright test', () => {
  const test = (name: string, ...steps: unknown[]) => ({ name, steps });
  const suite = (...tests: unknown[]) => {
    file('desk.json', frontDesk);
    return file('desk.test.json', { scenario: './desk.json', tests });
  };

  it('passes what comes true', async () => {
    const tests = suite(
      test(
        'two goes to support',
        { hear: 'press 1' },
        { press: '2' },
        { expect: { node: 'support' } },
        { hear: 'pressed 2' },
        { expect: { vars: { tries: 1 }, ended: 'normal' } },
      ),
      test(
        'silence says goodbye',
        { wait: 5100 + 2400 },
        { hear: 'Are you there' },
        { wait: 5000 + 2400 },
        { expect: { outcome: 'no-input', node: 'menu' } },
      ),
      test('a busy callee', { press: '1' }, { answer: { node: 'sales', outcome: 'busy' } }, { hear: 'lines are busy' }),
      test(
        'a caller who leaves',
        { hear: 'For sales' },
        { hangUp: true },
        { expect: { node: 'after_call', ended: true } },
      ),
    );
    const { code, out } = await callwright(['test', tests]);
    expect(out.filter((line) => line.startsWith('  '))).toEqual([]);
    expect(code).toBe(0);
    expect(out.at(-1)).toBe('4 passed, 0 failed');
  });

  it('says what was expected and what came, in JUnit too', async () => {
    const tests = suite(
      test('wrong "words" & key', { hear: 'for sales' }, { press: '1' }, { expect: { node: 'support' } }),
    );
    const report = join(folder, 'report.xml');
    const { code, out } = await callwright(['test', tests, '--junit', report]);
    expect(code).toBe(1);
    expect(out[1]).toContain('step 3: expected to reach support; the call is at sales');
    expect(readFileSync(report, 'utf8')).toContain('<testsuite name="' + tests + '" tests="1" failures="1"');
    expect(readFileSync(report, 'utf8')).toContain('wrong &quot;words&quot; &amp; key');
  });

  it('gives the report to whoever is not a person', async () => {
    const tests = suite(test('two goes to support', { press: '2' }, { expect: { node: 'support' } }));
    const { out, err } = await callwright(['test', tests], { isScreen: false });
    expect(out.join('\n')).toMatch(/^<\?xml[^]*<testcase [^>]*name="two goes to support"\/>[^]*<\/testsuites>$/);
    expect(err.at(-1)).toBe('1 passed, 0 failed');
    expect((await callwright(['test', tests])).out.join('')).not.toContain('<');
  });

  it('refuses a file that is not a test', async () => {
    const { code, out } = await callwright([
      'test',
      file('odd.test.json', { scenario: 'x', tests: [{ name: 'y', steps: [{ jump: 1 }] }] }),
    ]);
    expect(code).toBe(1);
    expect(out[1]).toContain('not a test file');
  });
});

describe('callwright deploy', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  it('needs a number and a token', async () => {
    const path = file('desk.json', frontDesk);
    expect(await callwright(['deploy', path])).toMatchObject({ code: 2 });
    expect(await callwright(['deploy', path, '--number', '1000'])).toMatchObject({ code: 2 });
  });

  it('stores, publishes and binds', async () => {
    const requests: string[] = [];
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      const reply =
        request.method === 'GET' ? { items: [], next: null } : { id: 's1', version: 3, document: frontDesk };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, out } = await callwright([
      'deploy',
      file('desk.json', frontDesk),
      '--number',
      '1000',
      '--url',
      url,
      '--token',
      't',
    ]);
    expect(out).toEqual(['front-desk version 3 is deployed to 1000']);
    expect(code).toBe(0);
    expect(requests).toEqual([
      'GET /api/scenarios?limit=200',
      'POST /api/scenarios',
      'POST /api/scenarios/s1/versions',
      'POST /api/numbers',
    ]);
  });

  it('says why nothing answers', async () => {
    const { code, err } = await callwright([
      'deploy',
      file('desk.json', frontDesk),
      '--number',
      '1',
      '--url',
      'http://127.0.0.1:1',
      '--token',
      't',
    ]);
    expect(code).toBe(1);
    expect(err[0]).toContain('cli.no-connection');
  });
});
