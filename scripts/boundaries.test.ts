import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allowedImports, findViolations, readPackages } from './boundaries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('boundaries', () => {
  it('hold in every package', () => {
    expect(findViolations(readPackages(root))).toEqual([]);
  });

  it('name a planted import of a neighbour, of the platform, and of an undeclared package', () => {
    const planted = {
      name: '@oatty/engine',
      declared: ['@oatty/types'],
      files: [
        { path: 'a.ts', text: "import { x } from '@oatty/api';" },
        { path: 'b.ts', text: "const fs = await import('node:fs');" },
        { path: 'c.ts', text: "import 'left-pad';" },
        { path: 'd.ts', text: "import type { Workflow } from '@oatty/types';" },
      ],
    };
    expect(findViolations([planted])).toEqual([
      'a.ts: @oatty/api: @oatty/engine may not import it',
      'b.ts: node:fs: @oatty/engine knows no platform',
      'c.ts: left-pad: not declared in the package.json of @oatty/engine',
    ]);
  });

  it('know every package of the workspace', () => {
    expect(
      readPackages(root)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(allowedImports).sort());
  });

  it('stand in ARCHITECTURE.md as they are checked', () => {
    const page = readFileSync(new URL('../ARCHITECTURE.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `([@a-z/-]+)` \| [^|]* \|(.*)\|$/gm)].map(([, name, allowed]) => [
      name,
      [...(allowed ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text),
    ]);
    expect(Object.fromEntries(rows)).toEqual(allowedImports);
  });
});
