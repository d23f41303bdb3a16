const KEY = 'callwright-reloaded-at';
const NOT_AGAIN_WITHIN_MS = 30_000;

/**
 * A page that was opened before an update asks for parts that are not there any more. It is loaded anew, once: what is not saved is in
 * the browser's copy. When that does not help, the error is shown like any other.
 */
export function reloadOnNewRelease(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < NOT_AGAIN_WITHIN_MS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
