/** A Markdown table; cells may hold anything but line breaks, which become blanks. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const cell = (value) =>
  String(value ?? '')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();

export const code = (text) => (text === '' || text === undefined ? '' : `\`${text}\``);
