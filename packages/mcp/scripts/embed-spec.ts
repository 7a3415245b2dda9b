/**
 * Writes the pages that the resource `workflow.spec` serves into `src/resources/spec-pages.ts`, so that they are there
 * in a bundle and in the package alike. Run `pnpm --filter @oatty/mcp embed-spec` when a page changes; a test compares.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const pages = { workflowsPage: 'WORKFLOWS.md', expressionsPage: 'EXPRESSIONS.md' };
const target = new URL('../src/resources/spec-pages.ts', import.meta.url);

const constants = Object.entries(pages).map(([name, file]) => {
  const text = readFileSync(new URL(`../../../specs/${file}`, import.meta.url), 'utf8');
  const lines = text.split('\n').map((line) => `${JSON.stringify(line)},\n`);
  return `/** \`specs/${file}\` */\nexport const ${name}: string = [\n${lines.join('')}].join('\\n');\n`;
});
writeFileSync(target, `/** Written by \`scripts/embed-spec.ts\`. */\n\n${constants.join('\n')}`);
execFileSync('oxfmt', [target.pathname]);
