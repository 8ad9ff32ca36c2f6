/** What every answer says to browsers and caches: nothing is sniffed, framed, kept, or run but what carries this answer's nonce. */
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Ports } from '../ports.ts';

/** The nonce of this answer's page: of 128 bits, never used twice. */
export const nonceOf = (response: Response): string => String(response.locals['nonce']);

export function securityHeaders(
  { random }: Pick<Ports, 'random'>,
  frameAncestors: readonly string[],
  isSecure: boolean,
): RequestHandler[] {
  const nonce = (_request: object, response: object): string => `'nonce-${nonceOf(response as Response)}'`;
  return [
    (_request, response, next) => {
      response.locals['nonce'] = Buffer.from(random.bytes(16)).toString('base64');
      // Answers of the API and pages with a nonce are for now and for one person; files that may be kept say so themselves.
      response.setHeader('cache-control', 'no-store');
      response.setHeader(
        'permissions-policy',
        'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      );
      next();
    },
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          // The page's own module may load its chunks; nothing else may, from anywhere.
          scriptSrc: [nonce, "'strict-dynamic'"],
          styleSrc: ["'self'", nonce],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'self'", ...frameAncestors],
          ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
        },
      },
      // A consent window of ours is opened by the page and closes itself; both need to know each other.
      crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
      xFrameOptions: frameAncestors.length === 0 ? { action: 'sameorigin' } : false,
      strictTransportSecurity: isSecure,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  ];
}
