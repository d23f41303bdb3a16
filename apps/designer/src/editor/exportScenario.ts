import { writeScenario, type ScenarioDocument } from '@callwright/scenario';
import { downloadText } from '../ui/download.js';

/** The document as a file: readable, a node a block, and the same text for the same document. */
export const exportScenario = (document: ScenarioDocument): void =>
  downloadText(`${document.id}.json`, writeScenario(document), 'application/json');
