import { z } from 'zod';
import { DIGITS } from '@callwright/channel-contract';

const isKey = (text: string): boolean => text.length === 1 && DIGITS.includes(text);
const areKeys = (text: string): boolean => [...text].every((key) => DIGITS.includes(key));

/** One key of a telephone. */
export const key = (title: string, description: string) =>
  z.string().refine(isKey, 'One key: 0-9, *, # or A-D.').meta({ title, description, control: 'text' });

/** Several single keys. */
export const keyList = (title: string, description: string) =>
  z
    .array(z.string().refine(isKey, 'One key each: 0-9, *, # or A-D.'))
    .max(DIGITS.length)
    .meta({ title, description, control: 'tags' });

/** What a caller may press: up to sixteen keys. */
export const isKeySequence = (text: string): boolean => text.length > 0 && text.length <= 16 && areKeys(text);
