/**
 * How a consent ended, carried from its callback to the page that says it. The callback's address holds a code, so it answers
 * with nothing but a redirect (Xero's security standard, section 5.2 of its list of 2021); the sentence travels in a cookie.
 */
import { z } from 'zod';
import { isOwnPath } from '../use-cases/begin-consent.ts';
import type { ConsentOutcome } from '../use-cases/finish-consent.ts';

const outcomeSchema = z.object({
  status: z.int().min(200).max(599),
  sentence: z.string(),
  returnTo: z.string().refine(isOwnPath),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** Long enough to follow a redirect. */
export const outcomeMs = 60_000;
/** A cookie takes 4 KB; a letter up to four bytes, a third more in base64. */
const longestSentence = 500;

export const outcomeText = ({ status, sentence, returnTo }: Outcome): string =>
  Buffer.from(JSON.stringify({ status, sentence: sentence.slice(0, longestSentence), returnTo })).toString(
    'base64url',
  );

/** What a visitor without an outcome is told. */
const nothing: Outcome = { status: 200, sentence: 'There is nothing more to do here.', returnTo: '/' };

export function readOutcome(text: string | undefined): Outcome {
  if (text === undefined) return nothing;
  try {
    return outcomeSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return nothing;
    throw error;
  }
}

export function sentenceOfOutcome(outcome: ConsentOutcome): string {
  switch (outcome.kind) {
    case 'signed-in':
      return 'You are signed in.';
    case 'google-granted':
      return 'Foliokeep may write to the spreadsheets that you choose.';
    case 'connected':
      return `Connected: ${outcome.connections.map((one) => one.name).join(', ')}.`;
  }
}
