import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

describe('main.ts', () => {
  it('prints its address, serves, and ends at SIGTERM', async () => {
    const child = spawn(process.execPath, [main, '--port', '0']);
    const [welcome] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(welcome.toString())?.[0];
    expect((await fetch(`${url}/health`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([[['--port', 'many']], [['--colour']]])('refuses the arguments %j', async (args) => {
    const child = spawn(process.execPath, [main, ...args]);
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});
