import { frontDesk } from './documents.js';
import type { Visitor } from './visitor.js';

/** Publishes a scenario and gives it a number. */
export async function deploy(
  visitor: Visitor,
  pattern: string,
  document: { id: string } = frontDesk(`desk-${pattern.replace(/\W/g, '')}`),
) {
  const made = await visitor.post('/api/scenarios', { name: document.id, document });
  const version = await visitor.post(`/api/scenarios/${made.body.id}/versions`);
  if (version.status !== 201) throw new Error(`not published: ${version.text}`);
  const number = await visitor.post('/api/numbers', { pattern, scenarioId: made.body.id, version: 'latest' });
  if (number.status !== 201) throw new Error(`not deployed: ${number.text}`);
  return { scenarioId: String(made.body.id), numberId: String(number.body.id) };
}
