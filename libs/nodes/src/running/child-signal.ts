/** A controller of one's own that is aborted with a parent, too; `release` forgets the parent. */
export function childSignal(parent: AbortSignal): AbortController & { release(): void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(parent.reason);
  if (parent.aborted) onAbort();
  else parent.addEventListener('abort', onAbort, { once: true });
  return Object.assign(controller, { release: () => parent.removeEventListener('abort', onAbort) });
}
