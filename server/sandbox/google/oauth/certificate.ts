/** A self-signed X.509 certificate in PEM, by hand: Google publishes its keys in this form at `/oauth2/v1/certs`. */
import { type KeyObject, sign } from 'node:crypto';

/** One DER value: tag, length, content. */
const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = length < 256 ? [length] : [length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length, ...digits]), content]);
};

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const NULL = bytes('0500');
/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11 (RFC 8017 appendix C). */
const ALGORITHM = sequence(bytes('06092a864886f70d01010b'), NULL);
/** commonName, 2.5.4.3. */
const name = (text: string): Buffer =>
  sequence(der(0x31, sequence(bytes('0603550403'), der(0x0c, Buffer.from(text)))));
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text));

/** Valid from 2020 to 2049: the clock of a sandbox may be anywhere. */
export const selfSignedCertificate = (key: { privateKey: KeyObject; publicKey: KeyObject }): string => {
  const subject = name('federated-signon.system.gserviceaccount.com');
  const body = sequence(
    der(0xa0, bytes('020102')),
    bytes('020101'),
    ALGORITHM,
    subject,
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    subject,
    key.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, key.privateKey);
  const whole = sequence(body, ALGORITHM, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};
