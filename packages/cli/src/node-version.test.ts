import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSupportedNode, oldestNode } from './node-version.ts';

it.each([
  ['22.19.0', true],
  ['22.19.1', true],
  ['24.0.0', true],
  ['22.18.9', false],
  ['20.20.2', false],
  ['18.0.0', false],
])('Node %s: %s', (version, expected) => {
  expect(isSupportedNode(version)).toBe(expected);
});

it('the oldest Node is the one of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    engines: { node: string };
  };
  expect(manifest.engines.node).toBe(`>=${oldestNode}`);
});
