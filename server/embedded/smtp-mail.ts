/** Mail through an SMTP server, by nodemailer, which is loaded with the first message: a server that sends none starts without it. */
import type { Transporter } from 'nodemailer';
import { RetryError, UserError } from '../errors.ts';
import type { Mail, MailMessage } from '../ports.ts';

export interface SmtpOptions {
  host: string;
  port: number;
  /** `implicit` from the first byte; `starttls` before anything is said, or nothing is; `off` for a server of one's own. */
  tls: 'implicit' | 'starttls' | 'off';
  /** '' for a server that asks for none. */
  user: string;
  password: string;
  from: string;
  /** Of each part of the exchange. Default 20 s. */
  timeoutMs?: number;
}

export interface SmtpMail extends Mail {
  /** Ends idle connections. Twice: nothing happens. */
  close(): void;
}

export const smtpMail = (options: SmtpOptions): SmtpMail => {
  let transporter: Promise<Transporter> | undefined;
  return {
    async send(message, signal) {
      transporter ??= open(options);
      const sending = (await transporter).sendMail({
        ...envelopeOf(message),
        from: options.from,
        subject: message.subject,
        text: message.text,
        ...(message.html === undefined ? {} : { html: message.html }),
        ...(message.id === undefined ? {} : { messageId: `<${message.id}>` }),
        headers: {
          // Machines, not people: no out-of-office answers (RFC 3834).
          'Auto-Submitted': 'auto-generated',
          ...(message.settingsUrl === undefined ? {} : { 'List-Unsubscribe': `<${message.settingsUrl}>` }),
        },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        await orAborted(sending, signal);
      } catch (error) {
        throw failureOf(error, message.to, options.host);
      }
    },
    close() {
      void transporter?.then((open) => open.close());
      transporter = undefined;
    },
  };
};

async function open({
  host,
  port,
  tls,
  user,
  password,
  timeoutMs = 20_000,
}: SmtpOptions): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    pool: true,
    maxConnections: 2,
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'off',
    tls: { minVersion: 'TLSv1.2' },
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
}

/** An address is taken as one, whatever stands in it: text with a comma must not become two. */
const envelopeOf = ({ to }: MailMessage) => ({ to: { name: '', address: to } });

async function orAborted(sending: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return void (await sending);
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new Error('it was called off'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  // Whichever comes second is nobody's any more.
  sending.catch(() => undefined);
  aborted.promise.catch(() => undefined);
  try {
    await Promise.race([sending, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Refused for good: a 5xx to this recipient or this message (RFC 5321 section 4.2.1). A 5xx to our own name and password is
 * the operator's to mend and passes then. No server's own words are kept: they may repeat the message.
 */
function failureOf(error: unknown, recipient: string, host: string): UserError | RetryError {
  const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number };
  const isFinal = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  if (isFinal)
    return new UserError(
      'DELIVERY_REFUSED',
      { recipient, problem: `the mail server said ${responseCode}` },
      error,
    );
  const problem =
    responseCode > 0
      ? `the mail server ${host} said ${responseCode}`
      : `the mail server ${host} did not answer (${code || 'it was called off'})`;
  return new RetryError('DELIVERY_FAILED', { recipient, problem }, error);
}
