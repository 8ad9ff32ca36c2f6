/** The message types that Google ships in its client, read from their declarations: what fields there are by name. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface PublishedField {
  name: string;
  /** The message it holds, if it holds one. */
  message?: string;
  isList: boolean;
}

export interface PublishedTypes {
  fieldsOf(message: string): PublishedField[];
  /** `spreadsheets.values` and its methods, by resource. */
  methods: { resource: string; method: string }[];
}

/** `name` is the package and its file of types, e.g. `sheets` and `v4`. */
export const publishedTypes = async (name: 'sheets' | 'drive', version: string): Promise<PublishedTypes> => {
  const entry = createRequire(import.meta.url).resolve(`@googleapis/${name}`);
  const text = await readFile(join(dirname(entry), `${version}.d.ts`), 'utf8');
  const messages = new Map<string, PublishedField[]>();
  for (const [, message = '', body = ''] of text.matchAll(/interface Schema\$(\w+) \{(.*?)\n {4}\}/gs)) {
    const fields = [...body.matchAll(/^ {8}'?(\w+)'?\?: ([^;]+);/gm)].map(([, field = '', type = '']) => {
      const inner = /^Schema\$(\w+)(\[\])?$/.exec(type)?.[1];
      return { name: field, isList: type.includes('[]'), ...(inner !== undefined && { message: inner }) };
    });
    messages.set(message, fields);
  }
  const methods = [...text.matchAll(/export class Resource\$(\S+) \{(.*?)\n {4}\}\n/gs)].flatMap(
    ([, resource = '', body = '']) =>
      [...new Set([...body.matchAll(/^ {8}(\w+)\(params\??: /gm)].map(([, method = '']) => method))].map(
        (method) => ({ resource: resource.toLowerCase().replaceAll('$', '.'), method }),
      ),
  );
  return { fieldsOf: (message) => messages.get(message) ?? [], methods };
};
