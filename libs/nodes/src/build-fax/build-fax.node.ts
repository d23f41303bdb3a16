import { FAX_TEXT_MODES, FAX_UNITS } from '@callwright/fax';
import { z } from 'zod';
import { given, multiline, text } from '../fields/index.js';
import { newDocumentName } from '../fax/fields.js';
import { defineNode } from '../node.js';

const LONGEST_LINE = 500;
const MOST_PAGES = 1_000;

const line = z.string().max(LONGEST_LINE).default('');
const pageText = z.strictObject({
  left: line,
  centre: line,
  right: line,
  fromTop: z.number().min(0).max(2_000),
  unit: z.enum(FAX_UNITS).default('inches'),
  mode: z.enum(FAX_TEXT_MODES).default('overlay'),
  pages: z.array(z.int().min(1).max(MOST_PAGES)).max(MOST_PAGES).default([]),
});

/** The line of page numbers stands half an inch from the top. */
const PAGE_NUMBERS = { left: '', centre: '', fromTop: 0.4, unit: 'inches', mode: 'overlay', pages: [] } as const;

export const buildFax = defineNode({
  type: 'build-fax',
  version: 1,
  title: 'Build fax',
  summary: 'Makes a fax document of others, with a cover page, texts and page numbers.',
  icon: 'FilePlus',
  group: 'fax',
  needs: 'none',
  config: z.strictObject({
    name: newDocumentName(
      'Name',
      'Name of the new document; empty: the id of this node. A second one of that name gets "-2" added.',
    ).optional(),
    documents: z
      .array(z.string().min(1).max(200))
      .max(100)
      .meta({
        title: 'Documents',
        description: 'Names of fax documents that follow one another.',
        control: 'tags',
      })
      .default([]),
    inserts: z
      .array(z.strictObject({ document: z.string().min(1).max(200), before: z.int().min(1).max(MOST_PAGES) }))
      .max(100)
      .meta({
        title: 'Insert',
        description: 'Documents that are put in before a page: [{ "document": "terms", "before": 2 }].',
        control: 'json',
      })
      .default([]),
    cover: text('Cover page for', 'Who the cover page is for; empty: no cover page.').optional(),
    coverFrom: text('Cover page from', 'Who the cover page says it is from.').default(''),
    coverSubject: text('Subject', 'The subject on the cover page.').default(''),
    coverMessage: multiline('Message', 'The message on the cover page.').default(''),
    texts: z
      .array(pageText)
      .max(50)
      .meta({
        title: 'Texts',
        description:
          'Lines of text on pages: [{ "left": "Order 7", "right": "{page}/{pages}", "fromTop": 1, "unit": "inches", "mode": "replace" }]. Units: inches, mm, lines; mode: replace or overlay; pages: empty for all.',
        control: 'json',
      })
      .default([]),
    pageNumbers: text(
      'Page numbers',
      'A text at the top right of every page, such as {page} / {pages}; empty: none.',
    ).default(''),
  }),
  outcomes: () => ['built'],
  output: z.strictObject({
    document: given(z.string(), 'Name of the new document.', 'offer'),
    pages: given(z.number(), 'Its pages.', 3),
  }),
  async run({ node, config, services, signal }) {
    const { name, documents, inserts, cover, coverFrom, coverSubject, coverMessage, texts, pageNumbers } = config;
    const built = await services.faxes.build(
      {
        name: name || node,
        documents,
        inserts,
        cover: cover ? { to: cover, from: coverFrom, subject: coverSubject, message: coverMessage } : null,
        texts: pageNumbers === '' ? texts : [...texts, { ...PAGE_NUMBERS, right: pageNumbers }],
      },
      signal,
    );
    return { outcome: 'built', output: { document: built.document, pages: built.pages } };
  },
});
