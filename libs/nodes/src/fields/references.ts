import { z } from 'zod';
import { parseDestination } from '@callwright/channel-contract';
import { onceEvaluated, TEXT_LIMIT } from './text.js';

/** Who is called: `phone:NAME`, a number, `trunk:NAME/NUMBER`, `sip:`, `tel:`, `scenario:ID`. */
export const destination = (title: string, description: string) =>
  z
    .string()
    .min(1, 'Say who is to be called.')
    .max(TEXT_LIMIT)
    .refine(
      onceEvaluated((to) => parseDestination(to) !== null),
      'This cannot be called: write phone:NAME, a number, trunk:NAME/NUMBER, sip:…, tel:… or scenario:ID.',
    )
    .meta({ title, description, control: 'destination' });

/** What ends a header field or an address, and control characters. */
const UNSAFE = /[\p{Cc}<>"]/u;

/** The number that is shown to who is called; empty: none of its own. */
export const shownNumber = (title: string, description: string) =>
  z
    .string()
    .max(TEXT_LIMIT)
    .refine(
      onceEvaluated((from) => from.length <= 64 && !UNSAFE.test(from)),
      'A number to show has at most 64 characters, and none of < > " and line breaks.',
    )
    .meta({ title, description, control: 'text' });

const LEG = /^[a-z][a-z0-9_-]{0,31}$/;

/** Name of a leg other than the caller's. */
export const legName = (title: string, description: string) =>
  z
    .string()
    .regex(LEG, 'A leg has a name of small letters, digits, "_" and "-".')
    .refine((leg) => leg !== 'caller', 'The leg "caller" is the one that the call began with.')
    .meta({ title, description, control: 'text', template: false });

/** Name of a stored secret; its value is never seen by a scenario. */
export const secretName = (title: string, description: string) =>
  z.string().min(1).max(100).meta({ title, description, control: 'secret', template: false });

/** `id` of another scenario of this workspace. */
export const scenarioName = (title: string, description: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, 'The id of a scenario: small letters, digits and "-".')
    .meta({ title, description, control: 'scenario', template: false });
