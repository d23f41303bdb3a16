import { FORMAT, type ScenarioDocument } from './document.js';
import { scenarioError } from './errors.js';
import { metaOf } from './reading.js';

/** Turns a document of the format that is its key into the next one. */
export type Upgrades = Readonly<Record<number, (document: ScenarioDocument) => ScenarioDocument>>;

/** None yet: 1 is the first format. */
const UPGRADES: Upgrades = {};

/**
 * The document in the current format. Throws `scenario.newer-format`. A document that does not say is of the first format, and so is
 * one that says something else than a number of a format: validation finds that.
 */
export function upgradeScenario(
  document: ScenarioDocument,
  upgrades: Upgrades = UPGRADES,
  current: number = FORMAT,
): ScenarioDocument {
  const { format } = metaOf(document);
  let at = typeof format === 'number' && Number.isSafeInteger(format) && format >= 1 ? format : 1;
  if (typeof format === 'number' && format > current) {
    throw scenarioError('scenario.newer-format', `The document has format ${format}; this release knows ${current}.`, {
      format,
    });
  }
  let upgraded = document;
  for (; at < current; at++) {
    const upgrade = upgrades[at];
    if (!upgrade) continue;
    upgraded = upgrade(upgraded);
    upgraded = { ...upgraded, meta: { ...metaOf(upgraded), format: at + 1 } };
  }
  return upgraded;
}
