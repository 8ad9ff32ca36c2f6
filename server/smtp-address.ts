/** The mail server and the sender, as the environment names them. */
import { z } from 'zod';

export interface SmtpServer {
  host: string;
  port: number;
  /** `implicit` from the first byte, `starttls` before anything is said, or none. */
  tls: 'implicit' | 'starttls' | 'off';
  /** '' when the server asks for none. */
  user: string;
  password: string;
}

/** Read into the parts that the mail adapter takes. */
export const smtpAddress = z.string().transform((text, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!URL.canParse(text)) return refuse('must be an address such as smtps://name:password@mail.example.com');
  const url = new URL(text);
  if (!['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    return refuse('must begin with smtps:// or smtp://, with a host');
  const tls = url.searchParams.get('tls');
  if (tls !== null && (tls !== 'off' || url.protocol === 'smtps:'))
    return refuse('knows only ?tls=off, with smtp://');
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === undefined || password === undefined)
    return refuse('has a name or password that is not percent-encoded: write % as %25');
  const isImplicit = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isImplicit ? 465 : 587) : Number(url.port),
    tls: isImplicit ? ('implicit' as const) : tls === 'off' ? ('off' as const) : ('starttls' as const),
    user,
    password,
  };
});

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // What is wrong is said without the text: it is a secret.
  }
}

/** An address, or a name and an address. */
export const mailFrom = z
  .string()
  .regex(/^(?:[^\p{Cc}<>]{1,100}<[^\p{Cc}\s<>@]+@[^\p{Cc}\s<>@]+>|[^\p{Cc}\s<>@]+@[^\p{Cc}\s<>@]+)$/u, {
    message: 'must be an address such as Foliokeep <notices@example.com>',
  });
