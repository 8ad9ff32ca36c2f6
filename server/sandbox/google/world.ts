/** Everything one Google sandbox holds: people, apps, files, tokens, quotas and faults. */
import type { SandboxClock } from '../clock.ts';
import type { FaultList } from './control/faults.ts';
import { createFaultList } from './control/faults.ts';
import type { Blob } from './drive/blob.ts';
import type { UploadSession } from './drive/upload-session.ts';
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
  /** Owns nothing: it has no storage of its own. */
  isServiceAccount?: boolean;
  /** Bytes that its files may take; Google's 15 GB unless set. */
  storageBytes?: number;
}

export interface OAuthClient {
  clientId: string;
  /** Absent for the Apps Script client, whose tokens only Google mints. */
  clientSecret?: string;
  appName: string;
  projectNumber: string;
  /** Redirects allowed besides any address of this machine. */
  redirectUris: readonly string[];
  /** The consent screen's status: in testing, refresh tokens live seven days. */
  isInTesting?: boolean;
  /** Hours of access that people give by the consent screen's choice of time; for ever when absent. */
  grantedHours?: number;
  /** A domain's administrator has shut the app out. */
  isBlockedByAdmin?: boolean;
  /** Gone from the project, by hand or after six months without use. */
  isDeleted?: boolean;
}

export interface Permission {
  /** Empty for `anyone`. */
  email: string;
  role: 'owner' | 'writer' | 'commenter' | 'reader';
  /** `user` when absent. */
  type?: 'user' | 'group' | 'anyone';
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
  /** Seen by the app that wrote them only (`appProperties`). */
  properties: Readonly<Record<string, string>>;
  description?: string;
  starred?: boolean;
  /** Title of a spreadsheet is its file name; folders keep their own. */
  content:
    | { kind: 'spreadsheet'; spreadsheet: Spreadsheet }
    | { kind: 'folder'; name: string }
    | { kind: 'blob'; name: string; blob: Blob };
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
  /** Resumable uploads by their id. */
  uploads: Map<string, UploadSession>;
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
    uploads: new Map(),
  };
};

export const grantKey = (projectNumber: string, sub: string, fileId: string): string =>
  `${projectNumber}|${sub}|${fileId}`;

export const fileName = (file: DriveFile): string =>
  file.content.kind === 'spreadsheet' ? file.content.spreadsheet.title : file.content.name;
