/*
 * Pure projects compile without host types. These are the few host objects that every JavaScript host of ours
 * (Node, browsers, workers) has and that pure code may rely on; XState's own types need them too.
 */
declare global {
  interface AbortSignal {
    readonly aborted: boolean;
    // `any`, and not `unknown`, because Node's and the DOM's declarations of the same property say so.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    readonly reason: any;
    throwIfAborted(): void;
    addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
    removeEventListener(type: 'abort', listener: () => void): void;
  }
  interface AbortController {
    readonly signal: AbortSignal;
    abort(reason?: unknown): void;
  }
  // eslint-disable-next-line no-var
  var AbortController: { prototype: AbortController; new (): AbortController };
  function structuredClone<T>(value: T): T;
  function queueMicrotask(task: () => void): void;
}

export {};
