import { z } from 'zod';

const DAY_MS = 86_400_000;

/** A length of time in ms, at most a day. */
export const duration = (title: string, description: string, { min = 0, max = DAY_MS } = {}) =>
  z.int().min(min).max(max).meta({ title, description, control: 'duration' });

export const count = (title: string, description: string, { min = 0, max = 1_000 } = {}) =>
  z.int().min(min).max(max).meta({ title, description, control: 'number' });

export const toggle = (title: string, description: string) =>
  z.boolean().meta({ title, description, control: 'switch' });
