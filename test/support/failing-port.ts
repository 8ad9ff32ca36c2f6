/** A port of one method whose answers a test writes down beforehand. */

export interface ScriptedPort {
  /** Answers or throws the next of the script, then `ok` for ever. */
  act(argument?: string): Promise<string>;
  now(): number;
}

export const scriptedPort = (...script: Array<string | Error>): ScriptedPort & { calls: string[] } => {
  const calls: string[] = [];
  return {
    calls,
    async act(argument = '') {
      calls.push(argument);
      const next = script.shift() ?? 'ok';
      if (next instanceof Error) throw next;
      return next;
    },
    now: () => 42,
  };
};
