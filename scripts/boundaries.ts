/**
 * Who may import whom, and the check of it.
 *
 *   B1. A package imports only the workspace packages of its row, at run time and in its types.
 *   B2. A package imports only what its `package.json` declares.
 *   B3. `types` and `engine` stay free of the platform: no `node:` module.
 *
 * Tests and build scripts are free: they may use development dependencies.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Package → workspace packages it may import. `ARCHITECTURE.md` shows the same table. */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  '@oatty/types': [],
  '@oatty/registry': ['@oatty/types'],
  '@oatty/registry-gen': ['@oatty/types'],
  '@oatty/api': ['@oatty/types'],
  '@oatty/engine': ['@oatty/types'],
  '@oatty/store': ['@oatty/types', '@oatty/engine'],
  '@oatty/tasks': ['@oatty/types'],
  '@oatty/runtime': [
    '@oatty/types',
    '@oatty/registry',
    '@oatty/registry-gen',
    '@oatty/api',
    '@oatty/engine',
    '@oatty/store',
    '@oatty/tasks',
  ],
  '@oatty/ui': [],
  '@oatty/mcp': ['@oatty/types', '@oatty/runtime', '@oatty/ui'],
  oatty: ['@oatty/types', '@oatty/runtime', '@oatty/mcp'],
};

const platformFree = new Set(['@oatty/types', '@oatty/engine']);
const bundled = new Set(['oatty', '@oatty/ui']);

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface PackageSources {
  readonly name: string;
  /** Names in `dependencies`, and in `devDependencies` of what is bundled: the binary, the widgets. */
  readonly declared: readonly string[];
  readonly files: readonly SourceFile[];
}

/** One line per import that crosses a boundary. */
export function findViolations(packages: readonly PackageSources[]): string[] {
  return packages.flatMap((source) =>
    source.files.flatMap((file) =>
      importsOf(file.text).flatMap((specifier) => {
        const reason = refuse(source, specifier);
        return reason === undefined ? [] : [`${file.path}: ${specifier}: ${reason}`];
      }),
    ),
  );
}

export function readPackages(root: string): PackageSources[] {
  return readdirSync(join(root, 'packages')).map((directory) => {
    const folder = join(root, 'packages', directory);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name: string;
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
      peerDependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    };
    const declared = Object.keys({
      ...manifest.dependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
      ...(bundled.has(manifest.name) && manifest.devDependencies),
    });
    const files = ['src', 'app']
      .map((name) => join(folder, name))
      .filter((path) => existsSync(path))
      .flatMap(listSources)
      .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
    return { name: manifest.name, declared, files };
  });
}

// --- internal ---

function listSources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => join(folder, path));
}

const importPattern = /(?:[\s}*\w] from\s+|\bimport\s*\(\s*|^import\s+)'([^'\n]+)'/gm;

function importsOf(text: string): string[] {
  return [...text.matchAll(importPattern)].map(([, specifier]) => specifier ?? '');
}

function refuse(source: PackageSources, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return undefined;
  if (specifier.startsWith('node:')) {
    return platformFree.has(source.name) ? `${source.name} knows no platform` : undefined;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (name in allowedImports) {
    if (name === source.name) return 'a package imports its own files by path';
    if (!(allowedImports[source.name] ?? []).includes(name)) return `${source.name} may not import it`;
  }
  return source.declared.includes(name) ? undefined : `not declared in the package.json of ${source.name}`;
}
