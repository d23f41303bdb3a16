import { relative } from 'node:path';
import ts from 'typescript';
import { parse } from './collectTexts.js';

/** What a person reads or hears read, among the attributes of an element. */
const READ = new Set(['label', 'title', 'description', 'placeholder', 'aria-label', 'alt', 'intro', 'verb', 'text']);
const WORD = /\p{L}{2}/u;

/** Words that stand in the markup of these files as they are, so that no other language can say them. `file:line words` */
export function unsaidTexts(files: readonly string[], root: string): string[] {
  const found: string[] = [];
  for (const file of files) {
    const tree = parse(file);
    const add = (node: ts.Node, text: string) => {
      const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
      if (WORD.test(text) && text.trim() !== 'Callwright') found.push(`${relative(root, file)}:${line} ${text.trim()}`);
    };
    const visit = (node: ts.Node): void => {
      if (ts.isJsxElement(node) && IN_NO_LANGUAGE.has(node.openingElement.tagName.getText())) return;
      if (ts.isJsxText(node)) add(node, node.text);
      if (ts.isJsxAttribute(node) && READ.has(node.name.getText()))
        words(node.initializer).forEach((one) => add(one, one.text));
      if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent))
        words(node.expression).forEach((one) => add(one, one.text));
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return found;
}

/** What is written in them is code, and the same in every language. */
const IN_NO_LANGUAGE = new Set(['code', 'kbd', 'Code', 'Kbd']);

/** The texts that an expression comes to: itself, the ends of a condition, the pieces of a template. */
function words(
  node: ts.Node | undefined,
): (ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail)[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isTemplateExpression(node)) return [node.head, ...node.templateSpans.map((span) => span.literal)];
  if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) return words(node.expression);
  if (ts.isConditionalExpression(node)) return [...words(node.whenTrue), ...words(node.whenFalse)];
  return [];
}
