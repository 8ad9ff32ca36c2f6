/** A Network that answers from a script and remembers what it was asked. */
import type { HttpRequest, HttpResponse } from '../../server/domain/http-message.ts';
import type { Network, NetworkOptions } from '../../server/ports.ts';

type Answer = Partial<Omit<HttpResponse, 'body'>> & { body?: string | Uint8Array };

export interface ScriptedNetwork extends Network {
  asked: Array<{ request: HttpRequest; options: NetworkOptions }>;
}

/** Answers in turn; the last one for ever. An Error is thrown. */
export const scriptedNetwork = (...answers: Array<Answer | Error>): ScriptedNetwork => {
  const asked: ScriptedNetwork['asked'] = [];
  return {
    asked,
    async request(request, options) {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {};
      asked.push({ request, options });
      if (answer instanceof Error) throw answer;
      const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
      return {
        status: answer.status ?? 200,
        headers: answer.headers ?? {},
        body: body ?? new Uint8Array(),
      };
    },
  };
};

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});
