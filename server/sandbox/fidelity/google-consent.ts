/** How Google lets an app in, and which files it then reaches. */
import type { Rule } from './rule.ts';

export const googleConsentRules: readonly Rule[] = [
  {
    id: 'google-consent-redirect',
    says: 'Allow sends the person back with a code and the state; the code buys tokens for what was asked.',
    source: 'google-platform.md 2.6 and 4.3; RFC 6749 section 4.1',
    certainty: 'documented',
  },
  {
    id: 'google-consent-denied',
    says: 'Cancel sends the person back with error=access_denied and the state.',
    source: 'RFC 6749 section 4.1.2.1; google-platform.md 4.4',
    certainty: 'documented',
  },
  {
    id: 'google-consent-granular',
    says: 'A person can leave a scope unticked; the token then lacks it and says so in scope.',
    source: 'google-platform.md 0.1 (seventh) [A] and 4.3',
    certainty: 'documented',
  },
  {
    id: 'google-code-once',
    says: 'A code works once, and only with the verifier of its challenge.',
    source: 'RFC 6749 section 4.1.2; RFC 7636 section 4.6',
    certainty: 'documented',
  },
  {
    id: 'google-code-ten-minutes',
    says: 'A code is dead after ten minutes.',
    source: 'RFC 6749 section 4.1.2, which advises ten minutes at most',
    certainty: 'assumed',
    probe: 'Wait eleven minutes between the consent and the exchange.',
  },
  {
    id: 'google-refresh-offline',
    says: 'A refresh token comes only with access_type=offline, and again only when prompt=consent.',
    source: 'google-platform.md 4.3 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-access-one-hour',
    says: 'An access token ends after an hour; the refresh token, which does not rotate, gets another.',
    source: 'google-platform.md 4.4; google-auth-library 11.3.4',
    certainty: 'ran',
  },
  {
    id: 'google-client-refused',
    says: 'A wrong secret is 401 invalid_client.',
    source: 'RFC 6749 section 5.2',
    certainty: 'documented',
  },
  {
    id: 'google-revoke-ends-all',
    says: 'Revoking, by the app or on the account page, ends refresh and access tokens; refreshing is invalid_grant.',
    source: 'google-platform.md 4.4 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-refresh-hundred',
    says: 'The hundred-and-first live refresh token of one account and client ends the oldest.',
    source: 'google-platform.md 4.4 [A/C]',
    certainty: 'documented',
  },
  {
    id: 'google-refresh-six-months',
    says: 'A refresh token that is not used for six months is dead.',
    source: 'google-platform.md 4.4 [A/C]',
    certainty: 'documented',
  },
  {
    id: 'google-id-token-signed',
    says: 'ID tokens verify against the published certificates and key set, and fail when wrong in any one way.',
    source: 'google-platform.md 3.2 [B]; google-auth-library 11.3.4',
    certainty: 'ran',
  },
  {
    id: 'google-token-401',
    says: 'No token, a made-up one and an ended one are 401 UNAUTHENTICATED.',
    source: 'google.rpc.Code 16; google-platform.md 4.4',
    certainty: 'documented',
  },
  {
    id: 'google-file-picked',
    says: 'With drive.file a person’s own file is not found until it is picked; the grant is per user, file and project.',
    source: 'google-platform.md 0.1 (second), 4.1 and 4.3 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-file-app-made',
    says: 'A file that the app made is its own at once, for the user who was signed in.',
    source: 'google-platform.md 4.1 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-file-user-rights',
    says: 'A grant does not outreach its user: no access is 403 in Sheets, and a reader may not write.',
    source: 'google-platform.md 4.3, which names 403 and 404 together',
    certainty: 'assumed',
    probe:
      'Have another account share a picked file as reader, write to it, then have it unshared and read it.',
  },
  {
    id: 'google-file-scopes',
    says: 'The spreadsheets scope reaches every file of the user; its read-only form does not write.',
    source: 'google-platform.md 4.1 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-drive-hides',
    says: 'Drive shows ungranted files neither by id nor in lists.',
    source: 'google-platform.md 4.1 [A]',
    certainty: 'documented',
  },
  {
    id: 'google-picker-person',
    says: 'The Picker grants what a person ticks among their own files, and nothing on Cancel.',
    source: 'google-platform.md 4.3 [A]',
    certainty: 'documented',
  },
];
