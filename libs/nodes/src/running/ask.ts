import type { Prompt } from '@callwright/channel-contract';
import type { NodeRun } from '../node.js';

/** How a question is put again and again until it is answered. */
export interface Question {
  readonly prompt: Prompt;
  readonly noInputPrompts: readonly Prompt[];
  readonly noMatchPrompts: readonly Prompt[];
  /** How often it is put in all, whatever went wrong. */
  readonly attempts: number;
  readonly bargeIn: boolean;
  readonly voice?: string | undefined;
  readonly language?: string | undefined;
}

/** What came of putting it once. */
export type Reply<Match> =
  | { readonly kind: 'match'; readonly match: Match }
  /** Nothing was pressed. */
  | { readonly kind: 'no-input' }
  /** Something was pressed that is no answer. */
  | { readonly kind: 'no-match'; readonly digits: string };

/**
 * Puts a question up to `attempts` times. Silence and wrong answers are counted apart, each with prompts of its own that grow
 * clearer; both use up attempts. Digits that were typed ahead answer before the prompt begins.
 */
export async function ask<Match>(
  run: NodeRun<unknown>,
  question: Question,
  listen: () => Promise<Reply<Match>>,
): Promise<Reply<Match>> {
  const { voice, language, bargeIn } = question;
  let noInputs = 0;
  let noMatches = 0;
  let prompt = question.prompt;
  for (let attempt = 1; ; attempt += 1) {
    await run.channel.caller.play(prompt, { bargeIn, loop: 1, voice, language }, run.signal);
    const reply = await listen();
    if (reply.kind === 'match' || attempt >= question.attempts || run.signal.aborted) return reply;
    prompt =
      reply.kind === 'no-input'
        ? escalated(question.noInputPrompts, (noInputs += 1), question.prompt)
        : escalated(question.noMatchPrompts, (noMatches += 1), question.prompt);
  }
}

/** The prompt for the n-th time; the last one for every time after it, the question itself where there is none. */
const escalated = (prompts: readonly Prompt[], time: number, otherwise: Prompt): Prompt =>
  prompts[time - 1] ?? prompts.at(-1) ?? otherwise;
