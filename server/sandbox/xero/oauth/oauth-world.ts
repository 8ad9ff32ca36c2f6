/** What the OAuth endpoints share. */
import type { SandboxClock } from '../../clock.ts';
import type { Company } from '../company/company.ts';
import type { Tally } from '../http/tally.ts';
import type { Grants } from './grants.ts';
import type { XeroClient, XeroUser } from './registration.ts';
import type { Roles } from './roles.ts';
import type { Signer } from './signing.ts';

export interface OAuthWorld {
  clock: SandboxClock;
  clients: readonly XeroClient[];
  users: readonly XeroUser[];
  companies: readonly Company[];
  grants: Grants;
  roles: Roles;
  signer: Signer;
  tally: Tally;
}
