/**
 * Writes each page of `specs/` into a module of `src/resources/spec-pages`, so that it is there in a bundle and in the
 * package alike, and is loaded only when somebody reads it. `pnpm format` runs this; a test compares.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const specs = new URL('../../../specs/', import.meta.url);
const target = new URL('../src/resources/spec-pages/', import.meta.url);

rmSync(target, { recursive: true, force: true });
mkdirSync(target);
for (const file of readdirSync(specs)) {
  const lines = readFileSync(new URL(file, specs), 'utf8')
    .split('\n')
    .map((line) => `${JSON.stringify(line)},\n`);
  writeFileSync(
    new URL(`${file.replace('.md', '').toLowerCase()}.ts`, target),
    `/** \`specs/${file}\`, written by \`scripts/embed-spec.ts\`. */\nexport const page: string = [\n${lines.join('')}].join('\\n');\n`,
  );
}
execFileSync('oxfmt', [target.pathname]);
