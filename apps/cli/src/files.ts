import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inputError, messageOf } from '@callwright/kernel';
import { readScenario, SCENARIO_ID, type ScenarioDocument } from '@callwright/scenario';

/** Reads a text file. Throws `cli.unreadable-file`. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw inputError('cli.unreadable-file', `${file} cannot be read: ${messageOf(error)}`, { file }, error);
  }
}

/** Reads a scenario document. Throws `cli.unreadable-file`, and what `readScenario` throws. */
export const readDocument = async (file: string): Promise<ScenarioDocument> => readScenario(await readText(file));

/** Finds the scenarios that a document's `subflow` nodes name: `ID.json` in the same folder. */
export const neighbours =
  (file: string) =>
  async (scenario: string): Promise<ScenarioDocument | null> => {
    if (!SCENARIO_ID.test(scenario)) return null;
    const neighbour = join(dirname(file), `${scenario}.json`);
    try {
      return await readDocument(neighbour);
    } catch (error) {
      throw inputError(
        'scenario.not-found',
        `The scenario “${scenario}” is looked for in ${neighbour}: ${messageOf(error)}`,
        { scenario },
        error,
      );
    }
  };
