/** A port around a port: every method that answers with a promise goes through one function. */

export interface Call {
  /** Name of the method. */
  method: string;
  /** Makes the call; may be made never, once, or again. */
  make(): Promise<unknown>;
}

/** Methods of ports that answer at once; they pass through untouched. */
const synchronous = new Set([
  'now',
  'bytes',
  'next',
  'debug',
  'info',
  'warn',
  'error',
  'consume',
  'open',
  'close',
]);

/** The answer has the same methods as `port`, and only those; `methods` limits which of them go through `around`. */
export const wrapMethods = <P extends object>(
  port: P,
  around: (call: Call) => Promise<unknown>,
  methods?: readonly string[],
): P => {
  const wrapped = Object.entries(port).map(([method, member]): [string, unknown] => {
    const isWrapped =
      typeof member === 'function' && !synchronous.has(method) && (methods?.includes(method) ?? true);
    if (!isWrapped) return [method, member];
    return [method, (...args: unknown[]) => around({ method, make: async () => member.apply(port, args) })];
  });
  return Object.fromEntries(wrapped) as P;
};
