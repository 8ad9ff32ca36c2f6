/** A real SMTP server on this machine that keeps what it takes, parsed by a reader of its own, and refuses what a test says. */
import type { AddressInfo, Server } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface TakenMail {
  to: string[];
  from: string;
  mail: Email;
}

export interface MailServer {
  port: number;
  taken: TakenMail[];
  /** What it answers before a message (RCPT) or after it (DATA); undefined takes it. `slow` never answers. */
  says: { recipient?: number | 'slow' | undefined; message?: number | undefined };
  close(): Promise<void>;
}

export async function mailServer(options: Partial<SMTPServerOptions> = {}): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const says: MailServer['says'] = {};
  const refusal = (code: number) => Object.assign(new Error('said by the test'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 100,
    ...options,
    onRcptTo(_address, _session, done) {
      if (says.recipient === 'slow') return;
      done(says.recipient === undefined ? null : refusal(says.recipient));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (says.message !== undefined) return done(refusal(says.message));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          const { mailFrom, rcptTo } = session.envelope;
          taken.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom === false ? '' : mailFrom.address,
            mail,
          });
          done(null);
        });
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1') as Server;
  if (!listening.listening) await new Promise<void>((resolve) => listening.once('listening', resolve));
  return {
    port: (listening.address() as AddressInfo).port,
    taken,
    says,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
