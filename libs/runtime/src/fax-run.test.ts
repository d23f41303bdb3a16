import { describe, expect, it } from 'vitest';
import { replay } from './index.js';
import { answered, node, say, scenario, Stage } from './testing/stage.js';

const receive = (wires: Record<string, string>) => node('receive-fax', { document: 'in' }, wires);
const log = (message: string) => node('log', { message });

/** A machine calls, sends two pages and hangs up. */
async function machineCalls(stage: Stage): Promise<Stage> {
  stage.call.caller.farEnd.faxMachine = { pages: 2 };
  await stage.pass(71_000);
  await stage.hangUp();
  return stage.pass(70_000);
}

describe('a fax in a call', () => {
  it('takes its wire although the machine hangs up with it, and the nodes behind it run', async () => {
    const stage = await machineCalls(
      new Stage(
        answered(
          { fax: receive({ received: 'note' }), note: log('{{ steps.fax.pages }} pages'), left: log('hung up') },
          { on: { 'call.ended': '.left' } },
        ),
      ),
    );
    expect(stage.story).toEqual([
      '> answer', '< answer answered', '> fax', '< fax received', 'call.ended normal caller', '> note', '< note done', 'run.ended call-ended',
    ]); // prettier-ignore
    expect(stage.log).toContain('2 pages');
    const replayed = replay(stage.compiled, stage.events);
    expect(replayed.path).toEqual(stage.run.path);
    expect(replayed.steps).toEqual((await stage.run.ended).steps);
  });

  it('takes the hang-up path where its outcome has no wire', async () => {
    const stage = await machineCalls(
      new Stage(
        answered({ fax: receive({}), left: log('{{ steps.fax.outcome }}') }, { on: { 'call.ended': '.left' } }),
      ),
    );
    expect(stage.story.slice(3)).toEqual([
      '< fax null', 'call.ended normal caller', '> left', '< left done', 'run.ended call-ended',
    ]); // prettier-ignore
    expect(stage.log).toContain('received');
    expect(replay(stage.compiled, stage.events).path).toEqual(stage.run.path);
  });

  describe('in a subflow', () => {
    const outer = (wires: Record<string, string>) =>
      answered(
        {
          sub: node('subflow', { scenario: 'fax-in' }, wires),
          tell: log('kept {{ steps.sub.pages }}'),
          left: log('hung up'),
        },
        { on: { 'call.ended': '.left' } },
      );
    const inner = (wires: Record<string, string>) =>
      scenario(
        { fax: receive(wires), note: node('return', { outcome: 'kept', outputs: { pages: '{{ steps.fax.pages }}' } }) },
        { id: 'fax-in' },
      );

    it('takes its wire as well, and so does the scenario around it', async () => {
      const stage = await machineCalls(new Stage(outer({ kept: 'tell' }), { others: [inner({ received: 'note' })] }));
      expect(stage.story).toEqual([
        '> answer', '< answer answered', '> sub', '> sub/fax', '< sub/fax received', 'call.ended normal caller',
        '> sub/note', '< sub/note null', '< sub kept', '> tell', '< tell done', 'run.ended call-ended',
      ]); // prettier-ignore
      expect(stage.log).toContain('kept 2');
      expect(stage.named('call.ended')).toHaveLength(1);
      const replayed = replay(stage.compiled, stage.events);
      expect(replayed.path).toEqual(stage.run.path);
      expect(replayed.steps).toEqual((await stage.run.ended).steps);
    });

    it('takes the hang-up path where its outcome has no wire', async () => {
      const stage = await machineCalls(new Stage(outer({ kept: 'tell' }), { others: [inner({})] }));
      expect(stage.story.slice(4)).toEqual([
        '< sub/fax null', '< sub null', 'call.ended normal caller', '> left', '< left done', 'run.ended call-ended',
      ]); // prettier-ignore
      expect(replay(stage.compiled, stage.events).path).toEqual(stage.run.path);
    });
  });

  it('goes on with the call when the machine stays', async () => {
    const stage = new Stage(
      answered({ fax: receive({ received: 'bye' }), bye: say('Thank you.', 'end'), end: node('hang-up') }),
    );
    stage.call.caller.farEnd.faxMachine = { pages: 1 };
    await stage.pass(120_000);
    expect(stage.story).toContain('< bye done');
    expect(stage.named('fax.ended')[0]).toMatchObject({ leg: 'caller', outcome: 'received', pages: 1 });
    expect(stage.named('fax.page-received')).toHaveLength(1);
  });
});
