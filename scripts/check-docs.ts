/** Checks that what the project's pages link to exists, and that each decision has a number of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';

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

/** `0007-the-binary-is-commonjs.md` begins with `# 7. `, and nothing else does. */
const misnumbered = pages
  .filter((path) => path.startsWith('docs/decisions/'))
  .filter((path, index, decisions) => {
    const number = basename(path).slice(0, 4);
    const isTaken = decisions.slice(0, index).some((other) => basename(other).startsWith(number));
    return isTaken || !readFileSync(path, 'utf8').startsWith(`# ${Number(number)}. `);
  })
  .map((path) => `${path}: the number of another decision, or not the one of its title`);

for (const line of [...broken, ...misnumbered]) console.error(line);
console.log(`${pages.length} pages, ${broken.length} broken links, ${misnumbered.length} wrong numbers`);
process.exitCode = broken.length + misnumbered.length === 0 ? 0 : 1;
