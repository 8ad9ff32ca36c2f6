/** What the connecting user may see in an organisation: the API shows each app what its user would see (xero-api.md 1.3, 1.6, 4.1). */

export const ROLE_NAMES = [
  'adviser',
  'standard',
  'standard-without-reports',
  'invoice-only',
  'read-only',
  'none',
] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

/** Each is its own permission in Xero; what is missing refuses an endpoint (403) or masks a field. */
export interface Sees {
  /** Anything at all; without it the user has been taken out of the organisation. */
  organisation: boolean;
  reports: boolean;
  /** Manual journals and the general ledger need the reporting permission since 29 June 2026. */
  journals: boolean;
  bankAccounts: boolean;
  /** Of contacts; BankAccountAdmin in Xero's words. */
  bankDetails: boolean;
  /** Else US tax numbers show their last four characters only. */
  wholeTaxNumbers: boolean;
}

const EVERYTHING: Sees = {
  organisation: true,
  reports: true,
  journals: true,
  bankAccounts: true,
  bankDetails: true,
  wholeTaxNumbers: true,
};
const STANDARD: Sees = { ...EVERYTHING, bankDetails: false, wholeTaxNumbers: false };

const SEES: Record<RoleName, Sees> = {
  adviser: EVERYTHING,
  standard: STANDARD,
  'standard-without-reports': { ...STANDARD, reports: false, journals: false },
  'invoice-only': { ...STANDARD, reports: false, journals: false, bankAccounts: false },
  'read-only': STANDARD,
  none: { ...STANDARD, organisation: false },
};

export interface Role {
  name: RoleName;
  /** May see and change the bank details of contacts; an adviser always may. */
  isBankAccountAdmin: boolean;
}

export interface Roles {
  /** Adviser where nobody has set another. */
  of(userId: string, tenantId: string): Role;
  sees(userId: string, tenantId: string): Sees;
  set(userId: string, tenantId: string, role: Role): void;
}

export function roleBook(): Roles {
  const roles = new Map<string, Role>();
  const of: Roles['of'] = (userId, tenantId) =>
    roles.get(`${userId} ${tenantId}`) ?? { name: 'adviser', isBankAccountAdmin: true };
  return {
    of,
    sees(userId, tenantId) {
      const { name, isBankAccountAdmin } = of(userId, tenantId);
      const sees = SEES[name];
      return isBankAccountAdmin ? { ...sees, bankDetails: true } : sees;
    },
    set: (userId, tenantId, role) => void roles.set(`${userId} ${tenantId}`, role),
  };
}
