import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A text of the page, where it is said first. */
export interface SaidText {
  /** As the catalogue names it, without a plural's ending: `Record`, `Record_verb`. */
  readonly key: string;
  /** Said with a count: the catalogue has a form for one and for others. */
  readonly plural: boolean;
  readonly where: string;
}

export interface Collected {
  readonly texts: readonly SaidText[];
  /** Calls whose text cannot be read from the source: `t(variable)` is for texts marked by `msg('…')` and is not among them. */
  readonly unreadable: readonly string[];
}

const SOURCE = join(import.meta.dirname, '../..');

/** Every source file of the page, without the tests. */
export const sourceFiles = (): string[] =>
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$|(^|\/)testing\//.test(name))
    .toSorted()
    .map((name) => join(SOURCE, name));

/** Every text that the page says through `t('…')`, `msg('…')` and `<Trans i18nKey="…">`, read from the syntax trees. */
export function collectTexts(files: readonly string[] = sourceFiles()): Collected {
  const texts: SaidText[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const tree = parse(file);
    const where = (node: ts.Node) =>
      `${relative(SOURCE, file)}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && saysText(node.expression) && node.arguments[0])
        texts.push(...saidBy(node.arguments[0], node.arguments[1], where(node)));
      if (isTrans(node)) {
        const said = saidByTrans(node, where(node));
        if (said.length === 0) unreadable.push(`${where(node)} <Trans> needs an i18nKey that is a text`);
        texts.push(...said);
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { texts, unreadable };
}

export const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );

/** `t`, `msg`, `i18next.t`, `i18n.t` */
const saysText = (callee: ts.Expression): boolean =>
  ts.isIdentifier(callee)
    ? callee.text === 't' || callee.text === 'msg'
    : ts.isPropertyAccessExpression(callee) && callee.name.text === 't';

function saidBy(text: ts.Expression, options: ts.Expression | undefined, where: string): SaidText[] {
  const context = property(options, 'context');
  const suffixes = context === undefined ? [''] : literals(context).map((value) => `_${value}`);
  const plural = property(options, 'count') !== undefined;
  return literals(text).flatMap((key) => suffixes.map((suffix) => ({ key: `${key}${suffix}`, plural, where })));
}

/** A text, or the texts between which a condition chooses. */
function literals(expression: ts.Expression): string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isParenthesizedExpression(expression)) return literals(expression.expression);
  if (ts.isConditionalExpression(expression))
    return [...literals(expression.whenTrue), ...literals(expression.whenFalse)];
  return [];
}

function property(options: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  for (const one of options.properties) {
    if (ts.isPropertyAssignment(one) && one.name.getText() === name) return one.initializer;
    if (ts.isShorthandPropertyAssignment(one) && one.name.text === name) return one.name;
  }
  return undefined;
}

type TransElement = ts.JsxOpeningElement | ts.JsxSelfClosingElement;

const isTrans = (node: ts.Node): node is TransElement =>
  (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) && node.tagName.getText() === 'Trans';

function saidByTrans(element: TransElement, where: string): SaidText[] {
  const value = (name: string) =>
    element.attributes.properties.find((one) => ts.isJsxAttribute(one) && one.name.getText() === name);
  const key = value('i18nKey');
  if (!key || !ts.isJsxAttribute(key) || !key.initializer) return [];
  const expression = ts.isJsxExpression(key.initializer) ? key.initializer.expression : key.initializer;
  if (!expression) return [];
  const plural = value('count') !== undefined;
  return literals(expression as ts.Expression).map((text) => ({ key: text, plural, where }));
}
