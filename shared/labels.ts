/** Words that more than one place shows. */

export const about = {
  name: 'Foliokeep',
  version: '0.1.0',
  sentence: 'Puts the records of your Xero organisation into this spreadsheet and keeps them right.',
  whereToWork: 'Connect Xero and make exporters on the Foliokeep dashboard; the tabs appear here.',
  licence: 'Free to self-host under the Apache License 2.0.',
} as const;

/** What people of a team are, and what each may do. */
export const roleWords = { owner: 'Owner', editor: 'Editor', viewer: 'Viewer' } as const;
export const roleMeanings = {
  owner: 'Owners do everything: people, organisations, deletion, and all that editors do.',
  editor: 'Editors connect organisations, and make, change and run exporters.',
  viewer: 'Viewers look at everything and change nothing.',
} as const;

/** Acts of the audit as a person reads them, before what was acted on. */
export const auditWords: Readonly<Record<string, string>> = {
  'sign-in': 'Signed in:',
  'sign-out': 'Signed out:',
  'switch-team': 'Looked at this team:',
  connect: 'Connected',
  reconnect: 'Reconnected',
  'grant-google': 'Gave Google access:',
  disconnect: 'Disconnected',
  'delete-data': 'Asked to delete the data of',
  'undo-deletion': 'Undid the deletion of',
  erase: 'Deleted data for good, receipt',
  'rename-team': 'Renamed the team',
  invite: 'Invited',
  'revoke-invitation': 'Withdrew invitation',
  'accept-invitation': 'Joined by invitation of',
  'change-role': 'Changed the role of',
  'remove-member': 'Removed',
  'leave-team': 'Left the team:',
  'take-over': 'Took over spreadsheet',
  'create-exporter': 'Made exporter',
  'edit-exporter': 'Changed exporter',
  'delete-exporter': 'Deleted exporter',
  'run-exporter': 'Ran exporter',
  'cancel-run': 'Cancelled run',
  'create-spreadsheet': 'Made a spreadsheet',
  'download-audit': 'Downloaded this record',
  'change-settings': 'Changed settings',
};
