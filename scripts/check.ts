/** Runs every check of the project, or the named ones: `pnpm check`, `pnpm check lint types`. */
import { spawnSync } from 'node:child_process';

const checks: Readonly<Record<string, string>> = {
  format: 'oxfmt --check .',
  lint: 'oxlint',
  types:
    'tsc --noEmit -p tsconfig.json && tsc --noEmit -p packages/ui/app && tsc --noEmit -p packages/ui/preview/page',
  boundaries: 'vitest run scripts',
  unused: 'knip',
  build: 'turbo run build --output-logs=errors-only',
  packages: 'node scripts/check-packages.ts',
  docs: 'node scripts/check-docs.ts && vitest run spec-pages',
  tests: 'vitest run',
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(checks, name));
if (unknown.length > 0) {
  console.error(`No such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.`);
  process.exit(2);
}

const results = Object.entries(checks)
  .filter(([name]) => names.length === 0 || names.includes(name))
  .map(([name, command]) => {
    console.log(`\n— ${name}: ${command}`);
    const start = performance.now();
    const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
    return { name, ok: status === 0, seconds: (performance.now() - start) / 1_000 };
  });

console.log();
for (const { name, ok, seconds } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
