/** The text of the one record in an answer, with CRLF as line ends and ids made short, for tests of exact wire texts. */
export function recordText(text: string, plural: string): string {
  const start = text.indexOf(`"${plural}": [\r\n    `);
  if (start < 0 || !text.endsWith('\r\n  ]\r\n}')) throw new Error(`no list of ${plural} at the end`);
  return text
    .slice(start + `"${plural}": [\r\n    `.length, -'\r\n  ]\r\n}'.length)
    .split('\r\n')
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID');
}
