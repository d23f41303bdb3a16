import { configurationPath, type Finding } from '@callwright/scenario';
import type { FieldErrors } from './controls/control.js';

/** What validation says of one setting of a node, by the path within the setting. */
export function errorsOfField(findings: readonly Finding[], name: string): FieldErrors {
  const errors: Record<string, string> = {};
  for (const finding of findings) {
    const path = configurationPath(finding);
    if (path === null || (path !== name && !path.startsWith(`${name}.`))) continue;
    const within = path.slice(name.length + 1);
    // Beside its own field, a finding need not say where it is.
    const message = finding.message.startsWith(`${path}: `) ? finding.message.slice(path.length + 2) : finding.message;
    errors[within] = within in errors ? `${errors[within]} ${message}` : message;
  }
  return errors;
}
