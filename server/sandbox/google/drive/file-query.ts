/** Drive's `q` (guide "Search query terms and operators", 2026): terms joined by and, or, not and brackets. */
import { type Caller, mayWrite, roleOf } from '../file-access.ts';
import { type DriveFile, fileName, type World } from '../world.ts';
import { invalid } from './drive-errors.ts';
import { isTrashed, rootId } from './open-file.ts';

type Test = (file: DriveFile) => boolean;

const TOKEN = /\s*('(?:[^'\\]|\\.)*'|<=|>=|!=|=|<|>|[(){}]|[A-Za-z]+)/gy;

const bad = () => invalid('Invalid Value', 'q');

const tokensOf = (q: string): string[] => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(q); match; match = TOKEN.exec(q)) {
    tokens.push(match[1] ?? '');
    end = TOKEN.lastIndex;
  }
  if (q.slice(end).trim() !== '') throw bad();
  return tokens;
};

const compareTo = (order: number, sign: string): boolean => {
  switch (sign) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      throw bad();
  }
};

/** A test for the files that `q` selects; 400 for what is no query. */
export const matcher = (q: string, world: World, caller: Caller): Test => {
  const tokens = tokensOf(q);
  let at = 0;
  const peek = (): string | undefined => tokens[at];
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw bad();
    at += 1;
    return token;
  };
  const expect = (token: string): void => {
    if (take() !== token) throw bad();
  };
  const text = (): string => {
    const token = take();
    if (!token.startsWith("'")) throw bad();
    return token.slice(1, -1).replace(/\\(.)/g, '$1');
  };

  const readText = (value: (file: DriveFile) => string): Test => {
    const sign = take();
    const wanted = text();
    if (sign === 'contains') return (file) => value(file).toLowerCase().includes(wanted.toLowerCase());
    if (sign !== '=' && sign !== '!=') throw bad();
    return (file) => (value(file) === wanted) === (sign === '=');
  };
  const readTruth = (value: Test): Test => {
    const sign = take();
    const wanted = take();
    if ((sign !== '=' && sign !== '!=') || (wanted !== 'true' && wanted !== 'false')) throw bad();
    return (file) => (value(file) === (wanted === 'true')) === (sign === '=');
  };
  const readTime = (value: (file: DriveFile) => number): Test => {
    const sign = take();
    const wanted = Date.parse(text());
    if (Number.isNaN(wanted)) throw bad();
    return (file) => compareTo(value(file) - wanted, sign);
  };
  /** `appProperties has { key='a' and value='b' }` */
  const readProperty = (): Test => {
    for (const token of ['has', '{', 'key', '=']) expect(token);
    const key = text();
    for (const token of ['and', 'value', '=']) expect(token);
    const value = text();
    expect('}');
    return (file) => file.properties[key] === value;
  };
  /** `'id' in parents`, `'mail' in owners` */
  const readIn = (): Test => {
    const wanted = text();
    expect('in');
    const own = rootId(caller.account.email);
    const isRoot = wanted === 'root' || wanted === own;
    const email = wanted === 'me' ? caller.account.email : wanted;
    switch (take()) {
      case 'parents':
        return (file) => (isRoot ? file.parents.length === 0 : file.parents.includes(wanted));
      case 'owners':
        return (file) => roleOf(file, email) === 'owner';
      case 'writers':
        return (file) => mayWrite(roleOf(file, email));
      case 'readers':
        return (file) => roleOf(file, email) !== undefined;
      default:
        throw bad();
    }
  };

  const readTerm = (): Test => {
    const token = peek();
    if (token === 'not') {
      at += 1;
      const inner = readTerm();
      return (file) => !inner(file);
    }
    if (token === '(') {
      at += 1;
      const inner = readOr();
      expect(')');
      return inner;
    }
    if (token?.startsWith("'")) return readIn();
    switch (take()) {
      case 'name':
        return readText(fileName);
      case 'fullText':
        return readText(fileName);
      case 'mimeType':
        return readText(({ mimeType }) => mimeType);
      case 'trashed':
        return readTruth((file) => isTrashed(world, file));
      case 'starred':
        return readTruth(({ starred = false }) => starred);
      case 'sharedWithMe':
        return (file) => roleOf(file, caller.account.email) !== 'owner';
      case 'modifiedTime':
        return readTime(({ modifiedAtMs }) => modifiedAtMs);
      case 'createdTime':
        return readTime(({ createdAtMs }) => createdAtMs);
      case 'appProperties':
        return readProperty();
      default:
        throw bad();
    }
  };
  const readAnd = (): Test => {
    const tests = [readTerm()];
    while (peek() === 'and') {
      at += 1;
      tests.push(readTerm());
    }
    return (file) => tests.every((test) => test(file));
  };
  const readOr = (): Test => {
    const tests = [readAnd()];
    while (peek() === 'or') {
      at += 1;
      tests.push(readAnd());
    }
    return (file) => tests.some((test) => test(file));
  };

  if (tokens.length === 0) return () => true;
  const test = readOr();
  if (at < tokens.length) throw bad();
  return test;
};
