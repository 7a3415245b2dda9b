import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogTools } from '../catalog-tools/catalog-tool-list.ts';
import { productPrompts } from '../prompts/prompt-list.ts';
import { productResources } from '../resources/resource-list.ts';
import { productTools } from './tool-list.ts';

const page = readFileSync(new URL('../../../../specs/MCP.md', import.meta.url), 'utf8');
const tasksPage = readFileSync(new URL('../../../../specs/TASKS.md', import.meta.url), 'utf8');

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

  it('lists the tools of catalogs with their command, safety and view', () => {
    const rows = [...tasksPage.matchAll(/^\| `(\w+)` \| `([^`]+)` \| (\w+) \| `(ui:[^`]+)` \|/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      catalogTools.map(({ name, command, safety, view }) => [name, command, safety, view]),
    );
  });

  it('lists the prompts with their arguments', () => {
    for (const { name, arguments: taken } of productPrompts.list) {
      const names = taken.map((argument) => `\`${argument.name}${argument.required ? '' : '?'}\``);
      expect(page).toContain(`| \`${name}\` | ${names.join(', ')} |`);
    }
  });

  it('lists the resources', () => {
    for (const { uri, name } of productResources.fixed)
      expect(page).toContain(`| \`${uri}\` | \`${name}\` |`);
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
    .replace('*catalog*', '`catalog_id` `catalog_title`')
    .replace('*source*', '`source` `source_type?` `allow_private?`');
}

/** One of the two ways to name a manifest or a catalog is needed, so neither is optional. */
function isChoice(key: string, row: string): boolean {
  if (row.includes('*manifest*')) return key === 'workflow_id' || key === 'manifest_content';
  return row.includes('*catalog*') && (key === 'catalog_id' || key === 'catalog_title');
}
