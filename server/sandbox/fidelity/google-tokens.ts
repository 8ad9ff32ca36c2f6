/** How long Google's refresh tokens live, what ends them, and how scopes add up. */
import type { Rule } from './rule.ts';

export const googleTokenRules: readonly Rule[] = [
  {
    id: 'google-testing-week',
    says: 'Refresh tokens of an app in testing live seven days, also when the app is published meanwhile, and say so in refresh_token_expires_in.',
    source: 'google-platform.md 4.4 [A/C]; the field as seen in answers that people posted',
    certainty: 'reported',
    probe: 'Connect an app in testing, look at the token answer, publish the app, refresh on the eighth day.',
  },
  {
    id: 'google-time-based-access',
    says: 'Access given for a time comes with refresh_token_expires_in, after which the token is an invalid_grant.',
    source: 'google-platform.md 4.4 [A/C]',
    certainty: 'documented',
  },
  {
    id: 'google-admin-policy',
    says: 'An app that an administrator shuts out is refused with admin_policy_enforced; a deleted client with deleted_client.',
    source: 'google-platform.md 4.4, which names admin_policy_enforced and invalid_grant together',
    certainty: 'reported',
    probe: 'Block the app in the Admin console and refresh a token; note the body.',
  },
  {
    id: 'google-incremental-scopes',
    says: 'include_granted_scopes=true adds the scopes that the person gave the app before.',
    source: 'google-platform.md 4.3 [A/C]',
    certainty: 'documented',
  },
];
