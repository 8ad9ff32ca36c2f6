/** Everything one Google sandbox holds: people, apps, files, tokens, quotas and faults. */
import type { SandboxClock } from '../clock.ts';
import type { FaultList } from './control/faults.ts';
import { createFaultList } from './control/faults.ts';
import { createKeyRing, type KeyRing } from './oauth/key-ring.ts';
import { createTokenStore, type TokenStore } from './oauth/token-store.ts';
import { createQuotas, type Quotas } from './quotas.ts';
import { createRandom, type Random } from './random.ts';
import { createFormatBook, type FormatBook } from './sheets/format-book.ts';
import { SHEETS_LIMITS, type SheetsLimits } from './sheets/limits.ts';
import type { Spreadsheet } from './sheets/model.ts';

export interface Account {
  /** Google's stable user id. */
  sub: string;
  email: string;
  name: string;
}

export interface OAuthClient {
  clientId: string;
  /** Absent for the Apps Script client, whose tokens only Google mints. */
  clientSecret?: string;
  appName: string;
  projectNumber: string;
  /** Redirects allowed besides any address of this machine. */
  redirectUris: readonly string[];
}

export interface Permission {
  email: string;
  role: 'owner' | 'writer' | 'reader';
}

export interface DriveFile {
  id: string;
  mimeType: string;
  permissions: readonly Permission[];
  trashed: boolean;
  /** Goes up by one with every change. */
  version: number;
  createdAtMs: number;
  modifiedAtMs: number;
  lastModifiedBy: string;
  /** Where it lies; the owner's root when absent. */
  parents: readonly string[];
  properties: Readonly<Record<string, string>>;
  /** Title of a spreadsheet is its file name; folders keep their own. */
  content: { kind: 'spreadsheet'; spreadsheet: Spreadsheet } | { kind: 'folder'; name: string };
}

export interface World {
  clock: SandboxClock;
  random: Random;
  issuer: string;
  accounts: Account[];
  clients: OAuthClient[];
  files: Map<string, DriveFile>;
  /** `project|sub|file`: what users gave an app by picking, and what the app made itself. */
  fileGrants: Set<string>;
  tokens: TokenStore;
  keys: KeyRing;
  quotas: Quotas;
  faults: FaultList;
  book: FormatBook;
  limits: SheetsLimits;
}

export interface WorldOptions {
  seed: number;
  clock: SandboxClock;
  issuer: string;
  accounts: Account[];
  clients: OAuthClient[];
  hasQuotas: boolean;
  limits?: Partial<SheetsLimits>;
}

export const createWorld = (options: WorldOptions): World => {
  const random = createRandom(options.seed);
  return {
    clock: options.clock,
    random,
    issuer: options.issuer,
    accounts: options.accounts,
    clients: options.clients,
    files: new Map(),
    fileGrants: new Set(),
    tokens: createTokenStore(options.clock, random),
    keys: createKeyRing(random),
    quotas: createQuotas(options.clock, options.hasQuotas),
    faults: createFaultList(),
    book: createFormatBook(),
    limits: { ...SHEETS_LIMITS, ...options.limits },
  };
};

export const grantKey = (projectNumber: string, sub: string, fileId: string): string =>
  `${projectNumber}|${sub}|${fileId}`;

export const fileName = (file: DriveFile): string =>
  file.content.kind === 'spreadsheet' ? file.content.spreadsheet.title : file.content.name;
