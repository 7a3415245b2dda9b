import { expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { version } from './version.ts';

it('the version is the one of the package', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(version).toBe(manifest.version);
});
