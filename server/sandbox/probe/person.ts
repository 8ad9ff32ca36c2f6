/** The person at the terminal, who allows, consents and acts. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Person {
  say(text: string): void;
  /** One line of what they answer, without spaces around; empty where they only press Enter or are gone. */
  ask(question: string): Promise<string>;
  close(): void;
}

/** Lines of standard input, words on standard output. */
export function terminalPerson(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): Person {
  const lines = createInterface({ input });
  const waiting: string[] = [];
  let isOver = false;
  lines.on('line', (line) => waiting.push(line.trim()));
  lines.on('close', () => {
    isOver = true;
  });
  return {
    say: (text) => void output.write(`${text}\n`),
    async ask(question) {
      output.write(`${question}\n`);
      while (waiting.length === 0 && !isOver) await Promise.race([once(lines, 'line'), once(lines, 'close')]);
      return waiting.shift() ?? '';
    },
    close: () => lines.close(),
  };
}
