/**
 * Every call that leaves the process, by what makes it safe to repeat (I15), and where it is killed if no step of a run comes to
 * it. A new label has to be written down here, and one that a step comes to is killed in it by crash-labels.test.ts.
 */

export type EffectClass =
  /** Changes nothing. */
  | 'read'
  /** The same again gives the same: written at an address, under a name, or by an id. */
  | 'by-address'
  /** Refused when what it was meant for has moved on. */
  | 'conditional'
  /** Twice is not once: it is looked up first, or can be made good within a time. */
  | 'unsafe';

export interface Effect {
  class: EffectClass;
  /** Why no pull, publish or engine act comes to it, and who holds it to its promise instead. */
  elsewhere?: string;
}

const consent = 'a consent in the browser: test/use-cases/connect.test.ts';
const realMirror = 'a mirror on blobs: test/mirror and test/e2e/kill.test.ts kill the server in it';

export const effects: Readonly<Record<string, Effect>> = {
  'network.request': { class: 'by-address' },
  'outside.request': { class: 'by-address', elsewhere: 'notices, not runs: test/engine/notices' },
  'store.get': { class: 'read' },
  'store.query': { class: 'read' },
  'store.create': {
    class: 'conditional',
    elsewhere: 'documents of people and mirrors: test/contracts/store.contract.ts',
  },
  'store.replace': { class: 'conditional', elsewhere: 'test/contracts/store.contract.ts' },
  'store.delete': { class: 'by-address', elsewhere: 'test/contracts/store.contract.ts' },
  'store.transaction': { class: 'conditional' },
  'queue.enqueue': { class: 'by-address' },
  'blobs.put': { class: 'by-address', elsewhere: realMirror },
  'blobs.get': { class: 'read', elsewhere: realMirror },
  'blobs.size': { class: 'read', elsewhere: realMirror },
  'blobs.list': { class: 'read', elsewhere: realMirror },
  'blobs.delete': { class: 'by-address', elsewhere: realMirror },
  'mirror.index': { class: 'read' },
  'mirror.record': { class: 'read', elsewhere: 'reports and previews: test/datasets' },
  'mirror.writeSegment': { class: 'by-address' },
  'mirror.commit': { class: 'conditional' },
  'keys.wrap': { class: 'read' },
  'keys.unwrap': { class: 'read' },
  'mail.send': { class: 'unsafe', elsewhere: 'notices, not runs: test/engine/notices' },
  'googleQuota.spend': { class: 'conditional' },
  'googleTokens.accessToken': { class: 'read' },
  'xero.read': { class: 'read' },
  'xero.connections': {
    class: 'read',
    elsewhere: 'only when access is in doubt; the seeds of lab.test.ts come to it',
  },
  'xero.disconnect': {
    class: 'by-address',
    elsewhere: 'test/use-cases; the seeds of lab.test.ts come to it',
  },
  // The token before stays good for 30 minutes, until its successor is used (xero-api.md 1.2).
  'xeroOAuth.refresh': { class: 'unsafe' },
  'xeroOAuth.authorizeUrl': { class: 'read', elsewhere: consent },
  'xeroOAuth.exchange': { class: 'unsafe', elsewhere: consent },
  'xeroOAuth.revoke': { class: 'by-address', elsewhere: consent },
  'googleOAuth.refresh': { class: 'by-address' },
  'googleOAuth.authorizeUrl': { class: 'read', elsewhere: consent },
  'googleOAuth.exchange': { class: 'unsafe', elsewhere: consent },
  'googleOAuth.revoke': { class: 'by-address', elsewhere: consent },
  'sheets.layout': { class: 'read' },
  'sheets.cells': { class: 'read' },
  'sheets.fill': { class: 'by-address' },
  // The write mark's id makes a second application fail as a whole.
  'sheets.apply': { class: 'conditional' },
  'drive.version': { class: 'read' },
  'drive.spreadsheets': { class: 'read', elsewhere: 'the sidebar’s list: test/contracts/sheets.contract.ts' },
  'drive.createSpreadsheet': { class: 'unsafe', elsewhere: 'a person’s button: test/google' },
};
