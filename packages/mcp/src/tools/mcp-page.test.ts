import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { productResources } from '../resources/resource-list.ts';
import { productTools } from './tool-list.ts';

const page = readFileSync(new URL('../../../../specs/MCP.md', import.meta.url), 'utf8');

describe('specs/MCP.md', () => {
  it('lists the tools with their safety, in the order of the list', () => {
    const rows = [...page.matchAll(/^\| `(\w+\.\w+)` \| (\w+)(?:, task)? \|/gm)];
    expect(rows.map(([, name, safety]) => `${name} ${safety}`)).toEqual(
      productTools.list.map(({ name, safety }) => `${name} ${safety}`),
    );
  });

  it('names every argument of every tool', () => {
    for (const { name, input } of productTools.list) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';
      const shown = [...expand(row).matchAll(/`(\w+)(\??)`/g)].map(
        ([, argument, mark]) => `${argument}${mark}`,
      );
      const taken = Object.entries(input.shape).map(([key, schema]) =>
        schema.safeParse(undefined).success && !isChoice(key, row) ? `${key}?` : key,
      );
      expect(shown.sort()).toEqual(taken.sort());
    }
  });

  it('lists the resources', () => {
    for (const { uri, name } of productResources.list) expect(page).toContain(`| \`${uri}\` | \`${name}\` |`);
    for (const { uriTemplate, name } of productResources.templates) {
      expect(page).toContain(`| \`${uriTemplate}\` | \`${name}\` |`);
    }
  });
});

// --- internal ---

/** The arguments column, with the abbreviations of the page written out. */
function expand(row: string): string {
  const column = row.split(' | ')[2] ?? '';
  return column
    .replace('*manifest*', '`workflow_id` `manifest_content`')
    .replace('*source*', '`source` `source_type?` `allow_private?`');
}

/** One of the two ways to name a manifest is needed, so neither is optional. */
function isChoice(key: string, row: string): boolean {
  return row.includes('*manifest*') && (key === 'workflow_id' || key === 'manifest_content');
}
