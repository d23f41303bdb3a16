import { z } from 'zod';
import { linearRegex } from '@callwright/expression';
import { isCallwrightError, messageOf } from '@callwright/kernel';

/** Null when it can be used, else what is wrong with it. */
function faultOf(pattern: string): string | null {
  try {
    linearRegex(new RegExp(pattern, 'u'));
    return null;
  } catch (error) {
    if (!isCallwrightError(error) && !(error instanceof SyntaxError)) throw error;
    return messageOf(error);
  }
}

/** A regular expression for digits; matched in linear time, so that no pattern can hold a call up. */
export const digitPattern = (title: string, description: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .superRefine((pattern, context) => {
      const fault = faultOf(pattern);
      if (fault !== null) context.addIssue({ code: 'custom', message: `This pattern cannot be used: ${fault}` });
    })
    .meta({ title, description, control: 'text', template: false });

/** The whole text fits the pattern. */
export const fits = (digits: string, pattern: string | undefined): boolean =>
  pattern === undefined ||
  linearRegex(new RegExp(`^(?:${pattern})$`, 'u'))
    .matcher(digits)
    .find();
