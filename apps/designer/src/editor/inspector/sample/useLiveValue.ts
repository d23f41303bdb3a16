import {
  compileExpression,
  evaluate,
  hasExpression,
  parseTemplate,
  renderTemplate,
  type Scope,
} from '@callwright/expression';
import type { Json } from '@callwright/kernel';
import { isCallwrightError } from '@callwright/kernel';
import { useEffect, useState } from 'react';

/** What a text comes to: a value, or what is wrong with it and where. */
export type LiveValue =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'problem'; readonly message: string; readonly position: number | null };

/** Evaluates while somebody writes, in the browser and with the limits of a call. Null: there is nothing to evaluate (yet). */
export function useLiveValue(text: string, braces: boolean, scope: Scope): LiveValue | null {
  const [live, setLive] = useState<{ readonly text: string; readonly result: LiveValue } | null>(null);
  useEffect(() => {
    if (text.trim() === '' || (braces && !hasExpression(text))) {
      setLive(null);
      return;
    }
    let left = false;
    void judge(text, braces, scope).then((result) => {
      if (!left) setLive({ text, result });
    });
    return () => {
      left = true;
    };
  }, [text, braces, scope]);
  return live?.text === text ? live.result : null;
}

async function judge(text: string, braces: boolean, scope: Scope): Promise<LiveValue> {
  try {
    const options = { clock: { now: () => performance.now() } };
    if (!braces) return { kind: 'value', value: (await evaluate(compileExpression(text), scope, options)).value };
    const { template, errors } = parseTemplate(text);
    if (!template) return problem(errors[0]);
    return { kind: 'value', value: (await renderTemplate(template, scope, options)).value };
  } catch (error) {
    return problem(error);
  }
}

function problem(error: unknown): LiveValue {
  if (!isCallwrightError(error)) throw error;
  const { position } = error.details;
  return { kind: 'problem', message: error.message, position: typeof position === 'number' ? position : null };
}
