/** The shape of a rule of the sandbox: one way in which it behaves as Xero or Google do, and why we believe that they do. */

export type Certainty =
  /** Two or more independent sources agree, or the provider's own current page says it. */
  | 'documented'
  /** In the published OpenAPI file or in the types that the provider ships. */
  | 'specified'
  /** Seen in a record captured from a real account. */
  | 'observed'
  /** Seen by running the provider's own client. */
  | 'ran'
  /** One secondary source. */
  | 'reported'
  /** Nobody says so; the likeliest reading, to be probed first. */
  | 'assumed';

export interface Rule {
  /** Stands in brackets in the title of each test that shows it: `… [xero-paging-clamped]`. Begins with `xero-` or `google-`. */
  id: string;
  /** One sentence, present tense, what the provider does. */
  says: string;
  /** Document and section, specification and path, client and version, or repository and issue. */
  source: string;
  certainty: Certainty;
  /** What a person with a real account would do to find out; required where the certainty is `assumed` or `reported`. */
  probe?: string;
}
