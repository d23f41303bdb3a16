import type { IncomingHttpHeaders } from 'node:http';
import type { CookieOptions } from 'express';

export const SESSION_COOKIE = 'callwright_session';

export const cookieOptions = (secure: boolean): CookieOptions => ({
  httpOnly: true,
  sameSite: 'lax',
  secure,
  path: '/',
});

/** The session token in a Cookie header, or null. */
export function sessionCookie(headers: Pick<IncomingHttpHeaders, 'cookie'>): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return value;
  }
  return null;
}

/** Whether a request comes from a page that we served: its Origin names the host that it is sent to. */
export function sameOrigin(headers: Pick<IncomingHttpHeaders, 'origin'>, host: string | undefined): boolean {
  try {
    return headers.origin !== undefined && new URL(headers.origin).host === host;
  } catch {
    return false;
  }
}
