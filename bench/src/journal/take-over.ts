/** Kills processes in the middle of their runs, and waits until another one goes on. */
import type { ShopApi } from '@oatty/example-shop-api';
import { createOatty } from '@oatty/runtime';
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Home } from '../home.ts';

/** At once; each dies at another moment of its lease. */
const deaths = 8;

/** @returns from each death to the next call of its run, in seconds */
export async function timeTakeOvers({ env }: Home, shop: ShopApi): Promise<readonly number[]> {
  const oatty = await createOatty({ env });
  try {
    oatty.runs.takeOver();
    return await Promise.all(
      Array.from({ length: deaths }, (_, index) => timeTakeOver(env, shop, 50_000 + index)),
    );
  } finally {
    await oatty.close();
  }
}

// --- internal ---

const script = fileURLToPath(new URL('start-slow-run.mjs', import.meta.url));

/** @param delayMs - of the answer that the run waits for: its calls are known by it */
async function timeTakeOver(env: Home['env'], shop: ShopApi, delayMs: number): Promise<number> {
  const owner = spawn(process.execPath, [script, `${delayMs}`], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  await untilCalls(shop, delayMs, 1);
  await setTimeout(2_500 + (delayMs % 1_000) * 130); // whoever takes over looks by then
  owner.kill('SIGKILL');
  const killedAt = performance.now();
  await untilCalls(shop, delayMs, 2);
  return (performance.now() - killedAt) / 1_000;
}

async function untilCalls(shop: ShopApi, delayMs: number, count: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (shop.calls().filter(({ query }) => query === `?delay_ms=${delayMs}`).length < count) {
    if (performance.now() > deadline) throw new Error(`${count} calls never came.`);
    await setTimeout(10);
  }
}
