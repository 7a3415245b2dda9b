/** What the engine adds to each of 500 requests in one process, against a loop of fetch. */
import { createOatty } from '@oatty/runtime';
import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';
import { chain, withShop } from './home.ts';

const count = 500;

export async function benchSteps(): Promise<readonly Comparison[]> {
  return withShop(async (home, shop) => {
    const oatty = await createOatty({ env: home.env });
    const manifest = chain('many', count);
    try {
      return [
        await compare({
          name: `${count} sequential HTTP steps, in memory`,
          target: 1.25,
          rounds: 7,
          ours: async () => {
            const handle = await oatty.runs.start({ workflow: { manifest } });
            const run = await handle.wait();
            if (run.status !== 'succeeded') throw new Error(`the run ${run.status}: ${run.error?.message}`);
          },
          floor: () => fetchInTurn(shop.url),
        }),
      ];
    } finally {
      await oatty.close();
    }
  });
}

// --- internal ---

async function fetchInTurn(url: string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const response = await fetch(`${url}/orders/ord_1`, { headers: { 'x-api-key': 'shop-test-key' } });
    await response.json();
  }
}
