import { isError } from '@callwright/scenario';
import { readArguments, someFiles } from '../arguments.js';
import { readDocument } from '../files.js';
import { faultLine, findingLine, findingsOf } from '../findings.js';
import type { Command } from '../terminal.js';

/** Judges documents as the API does. Exit 0: nothing keeps them from being published. */
export const validate: Command = async (args, { out }) => {
  const files = someFiles(readArguments(args, {}).positionals, 'callwright validate FILE…');
  let failed = false;
  for (const file of files) {
    try {
      const findings = await findingsOf(file, await readDocument(file));
      for (const finding of findings) out(findingLine(file, finding));
      failed ||= findings.some(isError);
    } catch (error) {
      out(faultLine(file, error));
      failed = true;
    }
  }
  return failed ? 1 : 0;
};
