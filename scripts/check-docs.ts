/** Checks that every relative link and every named anchor file in the project's pages exists. */
import { existsSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

const broken = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:|^#/.test(target))
    .filter((target) => !existsSync(join(dirname(page), target.split('#')[0] ?? '')))
    .map((target) => `${page}: ${target} does not exist`),
);

for (const line of broken) console.error(line);
console.log(`${pages.length} pages, ${broken.length} broken links`);
process.exitCode = broken.length === 0 ? 0 : 1;
