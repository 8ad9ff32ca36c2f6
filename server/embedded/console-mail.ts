/** Mail that is printed instead of sent: for one machine, where the person who reads the terminal is the person meant. */
import type { Mail } from '../ports.ts';

/** `write` takes each message as one text that ends with a newline. */
export const consoleMail = (write: (text: string) => void): Mail => ({
  async send({ to, subject, text }) {
    write(`── Mail to ${printable(to)} ──\n${printable(subject)}\n\n${text.trimEnd()}\n──\n`);
  },
});

/** A header is one line, whatever was put into it. */
const printable = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ');
