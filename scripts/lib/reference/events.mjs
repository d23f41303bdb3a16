import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT } from '../paths.mjs';
import { code, table } from './markdown.mjs';

const RUN = 'libs/runtime/src/events.ts';
const CHANNEL = 'libs/channel/contract/src/events.ts';
/** Where the shapes are that members of the channel's events take over. */
const FAX = 'libs/fax/core/src/result/result.ts';

export async function eventsPage() {
  const events = loggedEvents();
  const silent = events.filter(({ comment }) => comment === '');
  if (silent.length > 0) throw new Error(`When is it told? ${silent.map(({ name }) => name).join(', ')}`);
  const rows = events
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, comment, fields }) => [
      code(name),
      comment,
      fields.map(({ key, text }) => `${code(key)} ${text}`).join(', '),
    ]);
  return [
    '# Events',
    '',
    'The same plain objects go to the event log, to the socket `/live` and to webhooks. Beside its own fields each has `name`, `callId`,',
    '`scenarioId`, `version` (null: a draft), `seq` (1, 2, … in a call, without gaps) and `at` (ISO 8601, UTC).',
    '',
    table(['event', 'when', 'fields'], rows),
    '',
    '## Words',
    '',
    table(['type', 'is one of'], await words()),
  ].join('\n');
}

/** Every event of a call's log: what the run tells, and what it passes on of the channel's. */
export function loggedEvents() {
  const passed = namesIn(RUN, 'PassedEvent');
  return [
    ...membersOf(RUN, 'RunEvent'),
    ...membersOf(CHANNEL, 'ChannelEvent').filter(({ name }) => passed.some((pattern) => pattern.test(name))),
  ];
}

/** The types that are lists of words, with their words. */
async function words() {
  const source = readFileSync(join(ROOT, 'libs/channel/contract/src/words.ts'), 'utf8');
  const lists = await import(pathToFileURL(join(ROOT, 'libs/channel/contract/dist/words.js')).href);
  const types = [...source.matchAll(/export type (\w+) = \(typeof (\w+)\)\[number\]/g)];
  return types.map(([, type, list]) => [type, lists[list].map(code).join(', ')]);
}

const parse = (file) => ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);

function aliasIn(source, type) {
  const alias = source.statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === type);
  if (!alias) throw new Error(`${source.fileName} has no type ${type}`);
  return alias;
}

/** Every string that a type speaks of, as patterns: `fax.${string}` stands for many. */
function namesIn(file, type) {
  const names = [];
  const visit = (node) => {
    if (ts.isStringLiteral(node)) names.push(new RegExp(`^${escaped(node.text)}$`));
    if (ts.isTemplateLiteralTypeNode(node)) names.push(new RegExp(`^${escaped(node.head.text)}.+$`));
    ts.forEachChild(node, visit);
  };
  visit(aliasIn(parse(file), type));
  return names;
}

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The members of a union of object types: each one's `name`, its other fields, and the comment above it. */
export function membersOf(file, type) {
  const source = parse(file);
  const { text } = source;
  return aliasIn(source, type).type.types.map((member) => {
    const properties = fieldsOf(member, source);
    const name = properties.find(({ key }) => key === 'name')?.text.replaceAll("'", '') ?? '?';
    return { name, comment: commentAbove(member, text), fields: properties.filter(({ key }) => key !== 'name') };
  });
}

/** The fields of an object type, of an interface of the fax library, or of both together. */
function fieldsOf(type, source) {
  if (ts.isParenthesizedTypeNode(type)) return fieldsOf(type.type, source);
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => fieldsOf(part, source));
  if (ts.isTypeReferenceNode(type)) {
    const fax = parse(FAX);
    const name = type.typeName.getText(source);
    const found = fax.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === name);
    if (!found) throw new Error(`${FAX} has no interface ${name}`);
    return fieldsOf(found, fax);
  }
  return type.members.filter(ts.isPropertySignature).map((property) => ({
    key: property.name.getText(source),
    text: property.type?.getText(source).replaceAll(/\s+/g, ' ') ?? '',
  }));
}

/** The comment stands before the `|` of its member. */
function commentAbove(member, text) {
  const before = text.slice(member.getFullStart(), member.getStart());
  const gap = text.slice(0, member.getFullStart()).match(/\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*\|?\s*$/)?.[0] ?? '';
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(before + gap)?.[1] ?? '';
  return comment.replaceAll(/^\s*\*\s?/gm, '').trim();
}
