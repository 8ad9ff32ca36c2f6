/** Reads a tree's imports and bans as text and says what breaks the layers of the design, each with its reason. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { reports, resources } from '../../server/resources/index.ts';

interface LayerRule {
  name: string;
  /** Folder whose files it binds. */
  folder: string;
  /** Folders or files of ours that may be imported, besides its own. */
  ours: readonly string[];
  /** Packages that may be imported; undefined: any. `node:` modules count as packages. */
  packages?: readonly string[];
  reason: string;
}

const layers: readonly LayerRule[] = [
  {
    name: 'shared',
    folder: 'shared',
    ours: [],
    packages: ['zod', 'preact', 'lucide-preact'],
    reason: 'it is bundled into the sidebar and the dashboard',
  },
  {
    name: 'addon',
    folder: 'addon',
    ours: ['shared'],
    packages: ['esbuild', 'node:*', 'preact'],
    reason: 'the add-on is a view: no business rule and no secret reaches it',
  },
  {
    name: 'domain',
    folder: 'server/domain',
    ours: ['shared', 'server/errors.ts'],
    packages: ['zod', 'luxon', 'cron-parser', 'node:crypto', 'node:buffer'],
    reason: 'decisions are pure: no I/O, clock or randomness',
  },
  {
    name: 'resources',
    folder: 'server/resources',
    ours: ['server/domain', 'server/errors.ts'],
    packages: [],
    reason: 'a resource is data',
  },
  {
    name: 'datasets',
    folder: 'server/datasets',
    ours: ['server/domain', 'server/resources', 'server/mirror/mirror.ts', 'server/errors.ts', 'shared'],
    packages: ['node:fs', 'node:url', 'zod', 'luxon'],
    reason: 'a dataset is columns and SQL over the mirror',
  },
  {
    name: 'mirror',
    folder: 'server/mirror',
    ours: ['server/domain', 'server/resources', 'server/ports.ts', 'server/errors.ts', 'shared'],
    reason: 'the mirror does not know who fills it or who reads it',
  },
  {
    name: 'engine',
    folder: 'server/engine',
    ours: [
      'server/domain',
      'server/resources',
      'server/datasets',
      'server/mirror',
      'server/ports.ts',
      'server/errors.ts',
      'server/wrappers/seal-text.ts',
      'shared',
    ],
    reason: 'the engine reaches the world through ports only',
  },
  {
    name: 'use-cases',
    folder: 'server/use-cases',
    ours: [
      'server/engine',
      'server/mirror',
      'server/datasets',
      'server/resources',
      'server/domain',
      'server/ports.ts',
      'server/errors.ts',
      'server/wrappers/seal-text.ts',
      'shared',
    ],
    reason: 'what a person asks for does not know how it is asked (HTTP) or which adapter answers',
  },
  {
    name: 'xero',
    folder: 'server/xero',
    ours: ['server/ports.ts', 'server/domain', 'server/errors.ts', 'shared'],
    reason: 'adapters know ports and their own SDK, never each other',
  },
  {
    name: 'google',
    folder: 'server/google',
    ours: ['server/ports.ts', 'server/domain', 'server/errors.ts', 'shared'],
    reason: 'adapters know ports and their own SDK, never each other',
  },
  {
    name: 'embedded',
    folder: 'server/embedded',
    ours: ['server/ports.ts', 'server/domain', 'server/errors.ts', 'shared'],
    reason: 'adapters know ports and their own SDK, never each other',
  },
  {
    name: 'wrappers',
    folder: 'server/wrappers',
    ours: ['server/ports.ts', 'server/domain', 'server/errors.ts', 'shared'],
    reason: 'a wrapper has the port that it wraps and nothing else',
  },
  {
    name: 'http',
    folder: 'server/http',
    ours: ['server/use-cases', 'server/ports.ts', 'server/errors.ts', 'server/domain', 'shared'],
    reason: 'Express stays at the rim: a handler parses, calls one use-case, answers',
  },
  { name: 'dashboard', folder: 'server/dashboard', ours: ['shared'], reason: 'it runs in a browser' },
  {
    name: 'sandbox',
    folder: 'server/sandbox',
    ours: ['shared', 'server/domain'],
    reason: 'it stands for the outside world: sharing our code would hide our faults',
  },
];

interface Ban {
  name: string;
  pattern: RegExp;
  applies: (path: string) => boolean;
  reason: string;
}

const inServer = (path: string): boolean =>
  path.startsWith('server/') && !/^server\/(sandbox|demo|dashboard|deploy)\//.test(path);
const except =
  (...allowed: string[]) =>
  (path: string): boolean =>
    inServer(path) && !allowed.some((one) => path === one || path.startsWith(`${one}/`));

const bans: readonly Ban[] = [
  {
    name: 'environment',
    pattern: /\bprocess\.env\b/,
    applies: except('server/config.ts', 'server/main.ts'),
    reason: 'config.ts is the one reader of the environment',
  },
  {
    name: 'clock',
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bDateTime\.(now|local|utc)\(\)/,
    applies: except('server/main.ts', 'server/embedded/system-clock.ts'),
    reason: 'time is a port',
  },
  {
    name: 'randomness',
    pattern: /\bMath\.random\(|\b(randomBytes|randomUUID|randomInt|getRandomValues)\b/,
    applies: except('server/main.ts', 'server/embedded/system-random.ts'),
    reason: 'randomness is a port',
  },
  {
    name: 'network',
    pattern: /(?<![.\w])fetch\(|from 'node:(http|https|net|tls|dgram|http2)'|from 'undici'/,
    applies: except('server/serve-here.ts', 'server/xero', 'server/google', 'server/embedded'),
    reason: 'only adapters talk to the network',
  },
  {
    name: 'console',
    pattern: /\bconsole\.\w+\(/,
    applies: except('server/log.ts'),
    reason: 'logs go through the Log port, which scrubs secrets',
  },
  {
    name: 'resource-name',
    pattern: new RegExp(
      `([=!]==?|\\bcase)\\s*'(${[...resources, ...reports].map(({ name }) => name).join('|')})'`,
    ),
    applies: (path) => inServer(path) && !/^server\/(resources|datasets)\//.test(path),
    reason: 'a resource states its own behaviour; nothing branches on its name',
  },
  {
    name: 'default-export',
    pattern: /^export default /m,
    applies: (path) => /^(server|shared|addon)\//.test(path) && !/vite\.config\.ts$/.test(path),
    reason: 'one name for one thing, everywhere',
  },
];

const topLevel = new Set([
  'server',
  'addon',
  'shared',
  'test',
  'appsscript.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'clasp.json',
  'README.md',
  'LICENSE',
  'node_modules',
]);
const vagueNames = /^(utils?|helpers?|common|types|managers?|services?|misc|index)\.tsx?$/;

/** Every violation as `rule: path: what (reason)`, sorted. Empty when the tree keeps the rules. */
export async function violationsIn(root: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(root)) {
    if (!entry.startsWith('.') && !topLevel.has(entry))
      found.push(`top-level: ${entry}: not one of the agreed names`);
  }
  for (const path of await sourceFiles(root)) {
    const code = withoutComments(await readFile(join(root, path), 'utf8'));
    for (const layer of layers) {
      if (path.startsWith(`${layer.folder}/`)) found.push(...layerViolations(layer, path, code));
    }
    if (/^server\//.test(path) && !/^server\/(sandbox|demo)\//.test(path))
      found.push(...sandboxUse(path, code));
    for (const ban of bans) {
      if (ban.applies(path) && ban.pattern.test(code)) found.push(`${ban.name}: ${path}: ${ban.reason}`);
    }
    const name = path.split('/').at(-1) ?? '';
    const isIndexOfData = path === 'server/resources/index.ts' || path === 'server/datasets/index.ts';
    const isPageEntry = /\/main\.tsx?$/.test(path);
    if (!isIndexOfData && !isPageEntry && (vagueNames.test(name) || /[A-Z_]/.test(name)))
      found.push(`file-name: ${path}: kebab-case, named after what it exports`);
  }
  return found.sort();
}

function layerViolations(layer: LayerRule, path: string, code: string): string[] {
  const found: string[] = [];
  for (const wanted of importsOf(code)) {
    const target = wanted.startsWith('.')
      ? normalize(join(dirname(path), wanted))
          .split(sep)
          .join('/')
      : undefined;
    const isAllowed =
      target === undefined
        ? layer.packages === undefined || layer.packages.some((name) => matchesPackage(wanted, name))
        : [layer.folder, ...layer.ours].some((place) => target === place || target.startsWith(`${place}/`));
    if (!isAllowed && target?.startsWith('server/sandbox/') !== true)
      found.push(`${layer.name}: ${path}: imports ${wanted} (${layer.reason})`);
  }
  return found;
}

function sandboxUse(path: string, code: string): string[] {
  return importsOf(code)
    .filter((wanted) => wanted.startsWith('.') && /(^|\/)sandbox\//.test(wanted))
    .map(
      (wanted) =>
        `sandbox-users: ${path}: imports ${wanted} (only its entry, the demo and tests may: it is not the product)`,
    );
}

const matchesPackage = (wanted: string, name: string): boolean =>
  name === 'node:*' ? wanted.startsWith('node:') : wanted === name || wanted.startsWith(`${name}/`);

function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g)].map((match) => match[1] ?? '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

async function sourceFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (
        entry.isDirectory() &&
        !['node_modules', 'dist'].includes(entry.name) &&
        !entry.name.startsWith('.')
      )
        await walk(path);
      else if (/^(server|shared|addon)\/.*\.tsx?$/.test(path)) found.push(path);
    }
  };
  await walk('');
  return found.sort();
}
