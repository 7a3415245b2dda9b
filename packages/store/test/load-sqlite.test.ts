import { expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

it('SQLite is loaded without the warning of Node 22, and no other warning is lost', () => {
  const script = fileURLToPath(new URL('children/load-as-node-22.ts', import.meta.url));
  const { stderr } = spawnSync(process.execPath, ['--conditions=@oatty/source', script], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('Something else is wrong.');
  expect(stderr).not.toContain('SQLite');
});
