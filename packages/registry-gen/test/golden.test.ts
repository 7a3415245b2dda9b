import { readFile, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generateCatalog, loadDescription } from '../src/index.ts';
import { aDirectory } from './a-directory.ts';

const fixture = fileURLToPath(new URL('./fixtures/shop', import.meta.url));

async function generate(directory: string) {
  return generateCatalog(await loadDescription({ source: join(directory, 'openapi.yaml') }));
}

/** The fixture in another directory, as another version of OpenAPI. */
async function fixtureAs(version: string): Promise<string> {
  const directory = await aDirectory({});
  await cp(fixture, directory, { recursive: true });
  const file = join(directory, 'openapi.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('openapi: 3.1.0', `openapi: ${version}`));
  return directory;
}

describe('a description in several files', () => {
  it('becomes the manifest that was reviewed', async () => {
    const { manifest, warnings } = await generate(fixture);

    expect(warnings).toEqual([]);
    await expect(`${JSON.stringify(manifest, null, 2)}\n`).toMatchFileSnapshot('./fixtures/shop.golden.json');
  });

  it('gives the same bytes each time, from any directory', async () => {
    const [first, second] = [await generate(fixture), await generate(await fixtureAs('3.1.0'))];

    expect(JSON.stringify(second.manifest)).toBe(JSON.stringify(first.manifest));
  });

  it('gives the same commands as OpenAPI 3.2', async () => {
    const [first, second] = [await generate(fixture), await generate(await fixtureAs('3.2.0'))];

    expect(second.manifest).toEqual({ ...first.manifest, document: 'openapi 3.2.0' });
  });
});
