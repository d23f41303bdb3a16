import { writeScenario, type ScenarioDocument } from '@callwright/scenario';

/** The document as a file: readable, a node a block, and the same text for the same document. */
export function exportScenario(document: ScenarioDocument): void {
  const url = URL.createObjectURL(new Blob([writeScenario(document)], { type: 'application/json' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `${document.id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
