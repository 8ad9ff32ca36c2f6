/** The shape of a probe: one question to the real Xero or Google, about rules that only the sandbox has shown so far. */

/** An answer as a probe sees it; what of it is kept for the report is decided elsewhere (shape.ts). */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  text: string;
  /** The parsed body; an empty object where it is not JSON. */
  json: Record<string, unknown>;
  /** From the request to the last byte. */
  tookMs: number;
}

export interface Finding {
  /** `not-asked`: what the question needs is not there, such as an invoice with a number. */
  verdict: 'as-expected' | 'differs' | 'not-asked';
  /** One sentence without anything of the people's books: counts, statuses, names of fields. */
  found: string;
}

export interface Probe<Asker> {
  /** kebab-case, unique. */
  name: string;
  /** Ids of the rules that it is about. */
  rules: readonly string[];
  /** What it asks, for the person who allows it. */
  asks: string;
  /** What the sandbox does. */
  expects: string;
  /** Calls at most. */
  calls: number;
  /** What a person has to do in Xero or Google first. A probe without it asks by itself. */
  act?: string;
  run(asker: Asker): Promise<Finding>;
}

export const finding = (isExpected: boolean, found: string): Finding => ({
  verdict: isExpected ? 'as-expected' : 'differs',
  found,
});

export const notAsked = (why: string): Finding => ({ verdict: 'not-asked', found: why });

/** Something that stops the probe and is said to the person as it stands. */
export class ProbeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProbeError';
  }
}
