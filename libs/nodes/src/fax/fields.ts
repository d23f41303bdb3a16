import { z } from 'zod';
import { name, onceEvaluated, TEXT_LIMIT } from '../fields/index.js';

const LEG = /^[a-z][a-z0-9_-]{0,31}$/;

/** The leg that faxes: mostly the caller's own. */
export const faxLeg = z.string().regex(LEG, 'A leg has a name of small letters, digits, "_" and "-".').meta({
  title: 'Leg',
  description: 'The leg with the fax machine: caller, or the name of one that was dialled.',
  control: 'text',
  template: false,
});

/** Options of one fax, by name; what is wrong with them is an outcome, since they may be made of expressions. */
export const faxOptions = z
  .record(z.string().max(64), z.union([z.string().max(TEXT_LIMIT), z.number(), z.boolean()]))
  .meta({
    title: 'Options',
    description: 'Fax options by name, such as MaxDataRate: 9600 or T38: NO. The manual lists them all.',
    control: 'headers',
  });

export const documentName = (title: string, description: string) =>
  z
    .string()
    .max(TEXT_LIMIT)
    .refine(
      onceEvaluated((given) => given.trim() !== ''),
      'Name a fax document.',
    )
    .meta({ title, description, control: 'text' });

export const newDocumentName = (title: string, description: string) => name(title, description);
