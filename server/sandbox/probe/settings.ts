/** What the probe reads of the environment: the same names as the server, so that the same registrations serve. */
import { ProbeError } from './probe.ts';

export interface Registration {
  clientId: string;
  clientSecret: string;
}

export interface ProbeSettings {
  /** Of the address that Xero and Google send the browser back to; 0 takes a free one, which only the sandbox allows. */
  port: number;
  /** Null where its credentials are not given. */
  xero: (Registration & { loginUrl: string; identityUrl: string; apiUrl: string }) | null;
  google: (Registration & { authUrl: string; tokenUrl: string; sheetsUrl: string; driveUrl: string }) | null;
}

/** ProbeError with a sentence for a person where no pair of credentials is whole, or one is half there. */
export function readSettings(environment: Record<string, string | undefined>): ProbeSettings {
  const read = (name: string, standard = '') => (environment[name]?.trim() || standard).replace(/\/+$/, '');
  const registration = (name: 'XERO' | 'GOOGLE'): Registration | null => {
    const clientId = read(`${name}_CLIENT_ID`);
    const clientSecret = read(`${name}_CLIENT_SECRET`);
    if ((clientId === '') !== (clientSecret === '')) {
      const missing = clientId === '' ? 'ID' : 'SECRET';
      throw new ProbeError(`${name}_CLIENT_${missing} is missing: both of them, or none, are needed.`);
    }
    return clientId === '' ? null : { clientId, clientSecret };
  };
  const xero = registration('XERO');
  const google = registration('GOOGLE');
  if (xero === null && google === null) {
    throw new ProbeError(
      'There are no credentials to ask with. Set XERO_CLIENT_ID and XERO_CLIENT_SECRET, or GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET, or all four (README, “Connect real Xero and Google”).',
    );
  }
  const port = read('PORT', '8080');
  if (!/^\d{1,5}$/.test(port)) throw new ProbeError('PORT must be a whole number.');
  return {
    port: Number(port),
    xero: xero && {
      ...xero,
      loginUrl: read('XERO_LOGIN_URL', 'https://login.xero.com'),
      identityUrl: read('XERO_IDENTITY_URL', 'https://identity.xero.com'),
      apiUrl: read('XERO_API_URL', 'https://api.xero.com'),
    },
    google: google && {
      ...google,
      authUrl: read('GOOGLE_AUTH_URL', 'https://accounts.google.com/o/oauth2/v2/auth'),
      tokenUrl: read('GOOGLE_TOKEN_URL', 'https://oauth2.googleapis.com/token'),
      sheetsUrl: read('GOOGLE_SHEETS_URL', 'https://sheets.googleapis.com'),
      driveUrl: read('GOOGLE_DRIVE_URL', 'https://www.googleapis.com'),
    },
  };
}
