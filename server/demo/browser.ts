/** A person's browser as the demo and the tests need it: cookies by host, redirects, and forms read from the page. */

interface Page {
  url: string;
  status: number;
  html: string;
}

export interface Browser {
  open(url: string): Promise<Page>;
  /** Sends the first form of the page; `choose` decides each choice, by its name, value and label. */
  submit(page: Page, choose: Chooser, button?: string): Promise<Page>;
  /** A request as a page's script would make it, cookies included. */
  fetch(url: string, init: RequestInit): Promise<Response>;
}

export interface Choice {
  name: string;
  value: string;
  /** The text that stands beside it. */
  label: string;
}
type Chooser = (choice: Choice) => boolean;

export function browser(): Browser {
  const jar = new Map<string, Map<string, string>>();

  async function request(url: string, init: RequestInit): Promise<Response> {
    const { hostname } = new URL(url);
    const cookies = [...(jar.get(hostname) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookies !== '') headers.set('cookie', cookies);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(hostname, line);
    return response;
  }

  function keep(hostname: string, line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const cut = pair.indexOf('=');
    const cookies = jar.get(hostname) ?? new Map<string, string>();
    const isEnded = attributes.some((one) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
    if (isEnded) cookies.delete(pair.slice(0, cut).trim());
    else cookies.set(pair.slice(0, cut).trim(), pair.slice(cut + 1).trim());
    jar.set(hostname, cookies);
  }

  async function follow(url: string, init: RequestInit): Promise<Page> {
    let at = url;
    let next = init;
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await request(at, next);
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399)
        return { url: at, status: response.status, html: await response.text() };
      await response.arrayBuffer();
      at = new URL(location, at).href;
      next = { method: 'GET' };
    }
    throw new Error(`More than ten redirects from ${new URL(url).origin}`);
  }

  return {
    open: (url) => follow(url, { method: 'GET' }),
    fetch: request,
    submit(page, choose, button) {
      const form = formOf(page, choose, button);
      return follow(form.action, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.fields.toString(),
      });
    },
  };
}

const attribute = (tag: string, name: string): string | undefined =>
  decodeEntities(new RegExp(`\\b${name}\\s*=\\s*"([^"]*)"`, 'i').exec(tag)?.[1]);

function decodeEntities<T extends string | undefined>(text: T): T {
  return text
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&') as T;
}

/** Hidden fields as they are, choices as chosen, and the button that is pressed. */
function formOf(page: Page, choose: Chooser, button?: string): { action: string; fields: URLSearchParams } {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(page.html)?.[0];
  if (form === undefined) throw new Error(`No form at ${page.url} (status ${page.status})`);
  const fields = new URLSearchParams();
  for (const match of form.matchAll(/<(input|button)\b[^>]*>([^<]*)/gi)) {
    const [tag, element = '', text = ''] = match;
    const name = attribute(tag, 'name');
    if (name === undefined) continue;
    const value = attribute(tag, 'value') ?? 'on';
    const type = element.toLowerCase() === 'button' ? 'submit' : (attribute(tag, 'type') ?? 'text');
    const label = labelOf(form, match.index, text);
    if (type === 'hidden') fields.append(name, value);
    else if (type === 'checkbox' || type === 'radio') {
      if (choose({ name, value, label })) fields.append(name, value);
    } else if (type === 'submit' && button !== undefined && value === button) fields.append(name, value);
  }
  return { action: new URL(attribute(form, 'action') ?? '', page.url).href, fields };
}

/** The text after the control, up to the end of its label, without tags. */
function labelOf(form: string, at: number, text: string): string {
  const end = form.indexOf('</label>', at);
  const inner = end < 0 ? text : form.slice(at, end).replace(/^<[^>]*>/, '');
  return decodeEntities(
    inner
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}
