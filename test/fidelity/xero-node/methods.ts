/** What xero-node can read, taken from its own code: every GET of its Accounting client with its path and parameters. */
import { AccountingApi } from 'xero-node';

export interface Method {
  name: string;
  /** As in the SDK: `/Invoices/{InvoiceID}`. */
  path: string;
  /** In the order of the arguments, the organisation's id first. */
  parameters: string[];
}

/** Those that answer JSON. Throws where the SDK's code does not read as expected: an upgrade wants this file looked at. */
export function readMethods(): Method[] {
  return Object.getOwnPropertyNames(AccountingApi.prototype)
    .filter((name) => /^get[A-Z]/.test(name))
    .filter((name) => /acceptHeadersFromSpec = \[\s*"application\/json"\s*\]/.test(codeOf(name)))
    .map((name) => {
      const code = codeOf(name);
      const path = /this\.basePath \+ '([^']+)'/.exec(code)?.[1];
      const parameters = /^(?:async )?\w+\(([^)]*)\)/
        .exec(code)?.[1]
        ?.split(',')
        .map((each) => each.trim().replace(/_1$/, ''));
      if (path === undefined || parameters?.[0] !== 'xeroTenantId' || !/method: 'GET'/.test(code))
        throw new Error(`xero-node's ${name} does not read as a GET`);
      return { name, path, parameters };
    });
}

const codeOf = (name: string) =>
  String((AccountingApi.prototype as unknown as Record<string, unknown>)[name]);
