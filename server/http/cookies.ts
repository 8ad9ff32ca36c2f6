/** The cookies: a person's session, the mark of a browser that is signing in, and how a consent ended until that is shown. */
import type { Request, Response } from 'express';

const names = {
  session: 'foliokeep_session',
  signIn: 'foliokeep_sign_in',
  outcome: 'foliokeep_outcome',
} as const;
export type CookieName = keyof typeof names;

/** `__Host-` binds a cookie to https and this host; browsers refuse it on plain http, which one machine uses. */
export const cookieName = (name: CookieName, isSecure: boolean): string =>
  isSecure ? `__Host-${names[name]}` : names[name];

export interface Cookies {
  /** Base64url text, or undefined. */
  read(request: Request, name: CookieName): string | undefined;
  set(response: Response, name: CookieName, value: string, maxAgeMs: number): void;
  clear(response: Response, name: CookieName): void;
}

export function cookiesOf(isSecure: boolean): Cookies {
  const attributes = { httpOnly: true, secure: isSecure, sameSite: 'lax', path: '/' } as const;
  return {
    read(request, name) {
      const wanted = cookieName(name, isSecure);
      for (const pair of (request.headers.cookie ?? '').split(';')) {
        const cut = pair.indexOf('=');
        if (cut > 0 && pair.slice(0, cut).trim() === wanted) {
          const value = pair.slice(cut + 1).trim();
          return /^[A-Za-z0-9_-]{1,3800}$/.test(value) ? value : undefined;
        }
      }
      return undefined;
    },
    set(response, name, value, maxAgeMs) {
      response.cookie(cookieName(name, isSecure), value, { ...attributes, maxAge: maxAgeMs });
    },
    clear(response, name) {
      response.clearCookie(cookieName(name, isSecure), attributes);
    },
  };
}
