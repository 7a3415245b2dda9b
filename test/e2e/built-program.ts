/** The programs that tests start and kill, as `pnpm build` has bundled them: `pnpm test` does that first. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export function builtProgram(name: 'crash-link' | 'start-due' | 'start-run' | 'stdio-server'): string {
  const path = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  if (!existsSync(path)) throw new Error(`${path} is not there: run "pnpm build".`);
  return path;
}
