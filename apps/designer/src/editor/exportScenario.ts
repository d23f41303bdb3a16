import { writeScenario, type ScenarioDocument } from '@callwright/scenario';
import { downloadText } from '../ui/download.js';

/** The document as a file: readable, a node a block, and the same text for the same document, so that it merges well in git. */
export const exportScenario = (document: ScenarioDocument, version?: number): void =>
  downloadText(
    `${document.id}${version === undefined ? '' : `-v${version}`}.json`,
    writeScenario(document),
    'application/json',
  );
