/** The Google sandbox behind a socket on 127.0.0.1. */
import { type ServedSandbox, serveSandbox } from '../serve.ts';
import {
  createGoogleSandbox,
  type GoogleSandbox,
  type GoogleSandboxOptions,
} from './create-google-sandbox.ts';

export interface ServedGoogleSandbox extends ServedSandbox {
  sandbox: GoogleSandbox;
}

/** Starts one; port 0 takes a free port. Give clients `origin` as their root and OAuth address. */
export const serveGoogleSandbox = async (
  options: GoogleSandboxOptions & { port?: number },
): Promise<ServedGoogleSandbox> => {
  const { port = 0, ...rest } = options;
  const sandbox = createGoogleSandbox(rest);
  const served = await serveSandbox(sandbox.answer, { port });
  return { ...served, sandbox };
};
