/** What `POST /sandbox/control` takes: one object with an `action` and that action's fields. */
import * as z from 'zod';
import { TOKEN_VARIANTS } from '../oauth/id-token.ts';
import { faultSchema } from './faults.ts';
import { personEditSchema } from './person-edits.ts';

const email = z.string().min(3);
const spreadsheetId = z.string().min(1);

const plainValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const actionSchema = z.discriminatedUnion('action', [
  /** A person makes a spreadsheet; the app has no access to it until `pickFile`. → `{spreadsheetId, sheetIds}` */
  z.strictObject({
    action: z.literal('createSpreadsheet'),
    owner: email.optional(),
    title: z.string().optional(),
    locale: z.string().optional(),
    timeZone: z.string().optional(),
    tabs: z
      .array(
        z.strictObject({
          title: z.string(),
          sheetId: z.number().int().min(0).optional(),
          rows: z.number().int().min(1).optional(),
          columns: z.number().int().min(1).optional(),
          hidden: z.boolean().optional(),
          /** Typed from A1 on, as by hand. */
          values: z.array(z.array(plainValue)).optional(),
        }),
      )
      .optional(),
    editors: z.array(email).optional(),
  }),
  /** The user picks the file for the app: the `drive.file` grant. */
  z.strictObject({
    action: z.literal('pickFile'),
    user: email,
    spreadsheetId,
    clientId: z.string().optional(),
  }),
  z.strictObject({
    action: z.literal('dropFileGrant'),
    user: email,
    spreadsheetId,
    clientId: z.string().optional(),
  }),
  z.strictObject({
    action: z.literal('share'),
    spreadsheetId,
    user: email,
    role: z.enum(['writer', 'reader', 'none']),
  }),
  /** A person works in the sheet; all edits or none, one new Drive version. → `{version}` */
  z.strictObject({
    action: z.literal('personEdits'),
    spreadsheetId,
    user: email.optional(),
    edits: z.array(personEditSchema).min(1),
  }),
  /** Takes the last of the person's edits back, unless somebody wrote since. → `{version}` */
  z.strictObject({ action: z.literal('undoPersonEdits'), spreadsheetId }),
  z.strictObject({ action: z.literal('trashFile'), spreadsheetId, isTrashed: z.boolean().default(true) }),
  z.strictObject({ action: z.literal('deleteFile'), spreadsheetId }),
  /** → `{now}` in ms */
  z.strictObject({ action: z.literal('advanceClock'), ms: z.number() }),
  z.strictObject({ action: z.literal('fault'), fault: faultSchema }),
  z.strictObject({ action: z.literal('clearFaults') }),
  z.strictObject({ action: z.literal('setLatency'), ms: z.number().min(0) }),
  z.strictObject({
    action: z.literal('setQuotas'),
    isOn: z.boolean().optional(),
    perProject: z.number().int().min(0).optional(),
    perUser: z.number().int().min(0).optional(),
    driveUnitsPerProject: z.number().int().min(0).optional(),
    driveUnitsPerUser: z.number().int().min(0).optional(),
  }),
  /** Refuses every call of the kind until the clock's minute ends. */
  z.strictObject({ action: z.literal('exhaustQuota'), kind: z.enum(['read', 'write']) }),
  z.strictObject({
    action: z.literal('setLimits'),
    cells: z.number().int().min(1).optional(),
    columns: z.number().int().min(1).optional(),
    charactersPerCell: z.number().int().min(1).optional(),
    metadataCharacters: z.number().int().min(1).optional(),
    requestBytes: z.number().int().min(1).optional(),
    cellsPerCall: z.number().int().min(1).optional(),
  }),
  z.strictObject({ action: z.literal('expireAccessTokens'), user: email.optional() }),
  /** The user takes back the consent: every token of theirs for the app (or all apps) ends. */
  z.strictObject({ action: z.literal('revokeGrant'), user: email, clientId: z.string().optional() }),
  /** What `ScriptApp.getIdentityToken()` would give; the `aud` is the script client's unless chosen. → `{token}` */
  z.strictObject({
    action: z.literal('identityToken'),
    user: email,
    audience: z.string().optional(),
    variant: z.enum(TOKEN_VARIANTS).optional(),
  }),
  /** Tokens without the consent page. → `{accessToken, refreshToken, expiresInSeconds, scope}` */
  z.strictObject({
    action: z.literal('grantTokens'),
    user: email,
    scopes: z.string().optional(),
    clientId: z.string().optional(),
  }),
  /** Positive int32 ids from the seed. → `{ids}` */
  z.strictObject({ action: z.literal('mintIds'), count: z.number().int().min(1).max(10_000) }),
  /** `iss` from now on: a served sandbox that `openid-client` discovers needs its own origin here. */
  z.strictObject({ action: z.literal('setIssuer'), issuer: z.string().min(1) }),
  z.strictObject({
    action: z.literal('addAccount'),
    email,
    name: z.string().min(1),
    isServiceAccount: z.boolean().optional(),
  }),
  /** How many bytes the person's Drive holds. */
  z.strictObject({ action: z.literal('setStorage'), user: email, bytes: z.number().int().min(0) }),
  /** The app as its project has it: in testing, given for a time only, shut out by an administrator, deleted. */
  z.strictObject({
    action: z.literal('setClient'),
    clientId: z.string().optional(),
    isInTesting: z.boolean().optional(),
    grantedHours: z.number().min(0).nullable().optional(),
    isBlockedByAdmin: z.boolean().optional(),
    isDeleted: z.boolean().optional(),
  }),
  z.strictObject({ action: z.literal('addRedirectUri'), uri: z.url(), clientId: z.string().optional() }),
]);

export type ControlAction = z.infer<typeof actionSchema>;
/** As a test writes it: fields with a default may be left out. */
export type ControlInput = z.input<typeof actionSchema>;
