const STANDARD_PORT = '5060';
const EVERY_ADDRESS = new Set(['0.0.0.0', '[::]', '::']);

/**
 * What a softphone takes as its server. `sip` is the server's own word, `HOST:PORT`; a server that listens on every address is reached
 * under the name that the page was opened with.
 */
export function sipAddress(sip: string | undefined, pageHost: string): string {
  const [, host = '', port = STANDARD_PORT] = /^(.*?):(\d+)$/.exec(sip ?? '') ?? [];
  const name = host === '' || EVERY_ADDRESS.has(host) ? pageHost : host;
  return port === STANDARD_PORT ? name : `${name}:${port}`;
}
