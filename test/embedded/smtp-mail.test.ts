/** Mail through a real SMTP server: what arrives, and what each refusal means. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmtpMail, type SmtpOptions, smtpMail } from '../../server/embedded/smtp-mail.ts';
import { RetryError, UserError } from '../../server/errors.ts';
import { type MailServer, mailServer } from '../support/mail-server.ts';

const open: Array<() => unknown> = [];
afterEach(async () => {
  for (const end of open.splice(0).reverse()) await end();
});

async function givenServer(...given: Parameters<typeof mailServer>): Promise<MailServer> {
  const server = await mailServer(...given);
  open.push(() => server.close());
  return server;
}
function givenMail(port: number, over: Partial<SmtpOptions> = {}): SmtpMail {
  const mail = smtpMail({
    host: '127.0.0.1',
    port,
    tls: 'off',
    user: '',
    password: '',
    from: 'Foliokeep <notices@example.com>',
    timeoutMs: 2_000,
    ...over,
  });
  open.push(() => mail.close());
  return mail;
}
const message = {
  to: 'amelia@example.com',
  subject: 'Invoices – Māori & Söhne failed',
  text: 'One line.\nAnother “line” with ünïcode.',
  html: '<p>One line.</p>',
  id: 'abc@books.example',
  settingsUrl: 'https://books.example/#notices',
};
const failure = async (sending: Promise<void>): Promise<UserError | RetryError> => {
  const error: unknown = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError || error instanceof RetryError) return error;
  throw new Error(`not refused as it should be: ${String(error)}`);
};

describe('a message', () => {
  it('arrives as it was written, once, with its own id and the way to turn it off', async () => {
    const server = await givenServer();
    await givenMail(server.port).send(message);
    expect(server.taken).toHaveLength(1);
    const [{ to, from, mail } = { to: [], from: '', mail: undefined }] = server.taken;
    expect([to, from]).toEqual([['amelia@example.com'], 'notices@example.com']);
    expect(mail).toMatchObject({ subject: message.subject, messageId: '<abc@books.example>' });
    expect(mail?.text?.trimEnd()).toBe(message.text);
    expect(mail?.html?.trimEnd()).toBe(message.html);
    const header = (name: string) => mail?.headers.find(({ key }) => key === name)?.value;
    expect(header('list-unsubscribe')).toBe('<https://books.example/#notices>');
    expect(header('auto-submitted')).toBe('auto-generated');
  });

  it('goes to one recipient, whatever stands in the address and the subject', async () => {
    const server = await givenServer();
    const subject = 'Nothing\r\nBcc: eve@example.com\r\n\r\nhidden';
    await givenMail(server.port).send({ ...message, subject });
    expect(server.taken[0]?.to).toEqual(['amelia@example.com']);
    expect(server.taken[0]?.mail.bcc ?? []).toEqual([]);
    const sending = givenMail(server.port).send({ ...message, to: 'amelia@example.com, eve@example.com' });
    await sending.catch(() => undefined);
    expect(server.taken.flatMap(({ to }) => to)).not.toContain('eve@example.com');
  });
});

describe('a server that does not take it', () => {
  it('with 550 refuses this recipient for good (DELIVERY_REFUSED)', async () => {
    const server = await givenServer();
    server.says.recipient = 550;
    expect(await failure(givenMail(server.port).send(message))).toMatchObject({ code: 'DELIVERY_REFUSED' });
    server.says.recipient = undefined;
    server.says.message = 554;
    const refused = await failure(givenMail(server.port).send(message));
    expect(refused).toMatchObject({
      code: 'DELIVERY_REFUSED',
      details: { problem: 'the mail server said 554' },
    });
  });

  it('with 451 may take it later, and does (DELIVERY_FAILED)', async () => {
    const server = await givenServer();
    const mail = givenMail(server.port);
    for (const says of [{ recipient: 451 }, { message: 451 }]) {
      Object.assign(server.says, { recipient: undefined, message: undefined }, says);
      expect(await failure(mail.send(message))).toMatchObject({ code: 'DELIVERY_FAILED' });
    }
    server.says.message = undefined;
    await mail.send(message);
    expect(server.taken).toHaveLength(1);
  });

  it('with a wrong password is the operator’s to mend: tried again', async () => {
    const server = await givenServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    });
    const sending = givenMail(server.port, { user: 'foliokeep', password: 'CANARY-PASSWORD' }).send(message);
    const error = await failure(sending);
    expect(error).toMatchObject({ code: 'DELIVERY_FAILED' });
    expect(error.message).not.toContain('CANARY');
  });

  it('is not there, never answers, or speaks no TLS: tried again, and nothing was said without TLS', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const error = await failure(givenMail(port, { timeoutMs: 200 }).send(message));
    expect(error).toMatchObject({ code: 'DELIVERY_FAILED' });
    await new Promise((resolve) => silent.close(resolve));
    expect(await failure(givenMail(port).send(message))).toMatchObject({ code: 'DELIVERY_FAILED' });

    const server = await givenServer();
    for (const tls of ['starttls', 'implicit'] as const)
      expect(await failure(givenMail(server.port, { tls }).send(message))).toBeInstanceOf(RetryError);
    // Its own certificate is signed by nobody.
    const unknown = await givenServer({ disabledCommands: [] });
    expect(await failure(givenMail(unknown.port, { tls: 'starttls' }).send(message))).toBeInstanceOf(
      RetryError,
    );
    expect([...server.taken, ...unknown.taken]).toEqual([]);
  });

  it('is given up at once when the sending is called off', async () => {
    const server = await givenServer();
    server.says.recipient = 'slow';
    const off = new AbortController();
    const sending = givenMail(server.port, { timeoutMs: 20_000 }).send(message, off.signal);
    off.abort();
    expect(await failure(sending)).toMatchObject({ code: 'DELIVERY_FAILED' });
  });
});
