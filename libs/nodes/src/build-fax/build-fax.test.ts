import { describe, expect, it } from 'vitest';
import { nodeTest, problemsOf } from '../testing/node-test.js';
import { buildFax as definition } from './build-fax.node.js';

const buildFax = nodeTest(definition);

describe('build-fax', () => {
  it('asks for a document of others, with all that is to be on it', async () => {
    await buildFax({
      name: 'offer',
      documents: ['letter', 'prices'],
      inserts: [{ document: 'terms', before: 2 }],
      cover: 'Ann',
      coverSubject: 'Prices',
      texts: [{ left: 'Order 7', fromTop: 25, unit: 'mm', mode: 'replace', pages: [2] }],
      pageNumbers: '{page} / {pages}',
    })
      .afterwards(({ built }) =>
        expect(built).toEqual([
          {
            name: 'offer',
            documents: ['letter', 'prices'],
            inserts: [{ document: 'terms', before: 2 }],
            cover: { to: 'Ann', from: '', subject: 'Prices', message: '' },
            texts: [
              { left: 'Order 7', centre: '', right: '', fromTop: 25, unit: 'mm', mode: 'replace', pages: [2] },
              {
                left: '',
                centre: '',
                right: '{page} / {pages}',
                fromTop: 0.4,
                unit: 'inches',
                mode: 'overlay',
                pages: [],
              },
            ],
          },
        ]),
      )
      .expectOutcome('built', { document: 'offer', pages: 2 });
  });

  it('names it after the node, and leaves out what is not asked for', async () => {
    await buildFax({ documents: ['letter'] })
      .afterwards(({ built }) => expect(built[0]).toMatchObject({ name: 'node', cover: null, texts: [] }))
      .expectOutcome('built');
  });

  it('knows inches, mm and lines, and no other units', () => {
    const text = (unit: string) => ({ texts: [{ left: 'a', fromTop: 1, unit }] });
    expect(problemsOf(definition, text('lines'))).toEqual([]);
    expect(problemsOf(definition, text('feet'))).toHaveLength(1);
  });
});
