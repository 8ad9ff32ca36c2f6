/** An error as plain text for the log: name, message and stack through every cause, and nothing that hangs on the object. */

/**
 * Own properties are left out on purpose: the official Xero SDK rejects with objects that carry the Bearer header
 * (reliability-security.md N3).
 */
export function describeError(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error; at !== undefined && parts.length < deepest; at = causeOf(at))
    parts.push(at instanceof Error ? (at.stack ?? `${at.name}: ${at.message}`) : `Thrown: ${typeof at}`);
  return parts.join('\ncaused by ');
}

const deepest = 8;
const causeOf = (error: unknown): unknown => (error instanceof Error ? error.cause : undefined);
