import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { specPages } from './spec-pages.ts';

const specs = new URL('../../../../specs/', import.meta.url);

it('every page of specs is served word for word (pnpm format embeds them)', async () => {
  const served = await Promise.all(specPages.map(async (page) => [page.uri, await page.read()] as const));
  const written = readdirSync(specs).map((file) => [
    `oatty://spec/${file.replace('.md', '').toLowerCase()}`,
    [{ mimeType: 'text/markdown', text: readFileSync(new URL(file, specs), 'utf8') }],
  ]);
  expect(Object.fromEntries(served)).toEqual(Object.fromEntries(written));
});
