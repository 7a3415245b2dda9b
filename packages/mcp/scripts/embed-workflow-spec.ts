/**
 * Writes `specs/WORKFLOWS.md` into `src/resources/workflow-spec-text.ts`, so that the resource `workflow.spec` works in
 * a bundle and in the package alike. Run `pnpm --filter @oatty/mcp embed-spec` when the page changes; a test compares.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../../../specs/WORKFLOWS.md', import.meta.url);
const target = new URL('../src/resources/workflow-spec-text.ts', import.meta.url);

const lines = readFileSync(page, 'utf8').split('\n');
const list = lines.map((line) => `${JSON.stringify(line)},\n`).join('');
writeFileSync(
  target,
  `/** \`specs/WORKFLOWS.md\`, written by \`scripts/embed-workflow-spec.ts\`. */\nexport const workflowSpecText: string = [\n${list}].join('\\n');\n`,
);
execFileSync('oxfmt', [target.pathname]);
