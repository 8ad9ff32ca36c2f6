/** The forms in which a text may lie somewhere: what a canary is looked for in. */

/** The text itself first. Base64 of a text inside a longer one depends on where it begins there: all three are given. */
export function encodingsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  const inside = [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Letters that depend on neighbours are left out.
    return padded
      .slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6))
      .replace(/=+$/, '');
  });
  const url = (one: string): string => one.replaceAll('+', '-').replaceAll('/', '_');
  const forms = [
    text,
    ...inside,
    ...inside.map(url),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(JSON.stringify(text)).slice(3, -3),
    [...text].reverse().join(''),
    text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    bytes.toString('utf16le'),
    [...bytes].join(','),
  ];
  return [...new Set(forms)].filter((form) => form.length >= 8);
}
