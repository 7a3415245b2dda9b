/** What becomes of runs when the clock of their machine is set: each process has a clock that the test moves. */
import { describe, expect, it, vi } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { builtProgram } from './built-program.ts';
import { openSharedState } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();

describe.concurrent.each([
  { name: 'a state file', server: undefined, isThere: true },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined },
])('a clock that is set, with $name', ({ server, isThere }) => {
  it.skipIf(!isThere)('takes no run away from a process that lives', { timeout: 60_000 }, async () => {
    await using state = await openSharedState(server);
    await using others = startOthers(state);
    const supervisor = others.start('start-due');
    await once(supervisor.stdout ?? supervisor, 'data'); // it is open
    const owner = others.start('start-run', await writeManifest(state));
    await vi.waitFor(() => expect(callsOf(state)).toBe(1), 20_000);
    await setTimeout(2_500); // the supervisor looks by now
    // Several times, since the next sign of life may be near.
    for (const hours of [1, 2, 3, 4, 5, -5]) {
      await Promise.all([owner, supervisor].map((child) => setClock(child, hours)));
      await setTimeout(700);
    }
    await vi.waitFor(() => expect(owner.exitCode).toBe(0), 20_000);
    const { items } = await state.oatty.runs.list();
    const run = await state.oatty.runs.get(items[0]?.run_id ?? '');
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ attempts: 1 }] });
    expect(run.duration_ms).toBeGreaterThanOrEqual(0);
    expect(callsOf(state)).toBe(1);
  });
});

// --- internal ---

interface Others {
  start(program: 'start-due' | 'start-run', ...args: readonly string[]): ChildProcess;
  [Symbol.asyncDispose](): Promise<void>;
}

const movableClock = fileURLToPath(new URL('children/movable-clock.mjs', import.meta.url));

function startOthers({ env }: SharedState): Others {
  const children: ChildProcess[] = [];
  return {
    start(program, ...args) {
      const child = spawn(process.execPath, ['--import', movableClock, builtProgram(program), ...args], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      children.push(child);
      return child;
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}

/** So many hours from the clock of the machine. */
async function setClock(child: ChildProcess, hours: number): Promise<void> {
  const isSet = once(child, 'message');
  child.send({ clockMs: hours * 3_600_000 });
  await isSet;
}

async function writeManifest({ home }: SharedState): Promise<string> {
  const path = join(home, 'slow.yaml');
  await writeFile(
    path,
    'workflow: slow\nsteps:\n  - { id: a, run: shop slow:list, with: { delay_ms: 8500 } }\n',
  );
  return path;
}

function callsOf({ shop }: SharedState): number {
  return shop.calls().filter(({ operation_id }) => operation_id === 'getSlow').length;
}
