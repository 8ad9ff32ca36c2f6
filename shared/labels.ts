/** Words that more than one place shows. */

export const about = {
  name: 'Foliokeep',
  version: '0.1.0',
  sentence: 'Puts the records of your Xero organisation into this spreadsheet and keeps them right.',
  whereToWork: 'Connect Xero and make exporters on the Foliokeep dashboard; the tabs appear here.',
  licence: 'Free to self-host under the Apache License 2.0.',
} as const;
