import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { expressionsPage, workflowsPage } from './spec-pages.ts';

it.each([
  ['WORKFLOWS.md', workflowsPage],
  ['EXPRESSIONS.md', expressionsPage],
])('specs/%s is served as it is (pnpm --filter @oatty/mcp embed-spec)', (file, served) => {
  expect(served).toBe(readFileSync(new URL(`../../../../specs/${file}`, import.meta.url), 'utf8'));
});
