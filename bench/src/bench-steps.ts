/**
 * What a run adds to each of 500 requests in one process, against a loop of `fetch`.
 *
 * The API runs in this process too, so both sides carry its time. Start and end of the run are counted: the
 * manifest is validated and planned, and, where it is text, parsed.
 */
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { compare, median, timeOf } from './compare.ts';
import { chain, chainText, withShop } from './home.ts';
import type { Result } from './result.ts';

const count = 500;
const rounds = 15;
const warmUps = 5;

export async function benchSteps(): Promise<readonly Result[]> {
  return withShop(async (home, shop) => {
    const oatty = await createOatty({ env: home.env, store: 'memory' });
    const text = chainText('many', count);
    let texts = 0; // a text that was read before is not parsed again
    const floor = () => fetchInTurn(shop.url);
    try {
      return [
        await compare({
          name: `${count} HTTP steps in turn, manifest as an object`,
          target: 1.25,
          rounds,
          warmUps,
          ours: () => run(oatty, chain('many', count)),
          floor,
        }),
        await compare({
          name: `${count} HTTP steps in turn, manifest as a new text`,
          target: 1.25,
          rounds,
          warmUps,
          ours: () => run(oatty, `${text}# ${(texts += 1)}\n`),
          floor,
        }),
        await compare({
          name: `${count} HTTP steps in turn, the same text again`,
          target: 1.25,
          rounds,
          warmUps,
          ours: () => run(oatty, text),
          floor,
        }),
        await timePlan(oatty, () => `${text}# ${(texts += 1)}\n`),
        await compare({
          name: '1,000 steps in one run against 4 runs of 250',
          target: 1.1,
          rounds,
          warmUps,
          ours: () => run(oatty, chain('many', 1_000)),
          floor: async () => {
            for (let index = 0; index < 4; index++) await run(oatty, chain('fewer', 250));
          },
        }),
      ];
    } finally {
      await oatty.close();
    }
  });
}

// --- internal ---

type Manifest = string | Readonly<Record<string, unknown>>;

async function run(oatty: Oatty, manifest: Manifest): Promise<void> {
  const handle = await oatty.runs.start({ workflow: { manifest } });
  const { status, error } = await handle.wait();
  if (status !== 'succeeded') throw new Error(`the run ${status}: ${error?.message}`);
}

async function fetchInTurn(url: string): Promise<void> {
  for (let index = 0; index < count; index++) {
    const response = await fetch(`${url}/orders/ord_1`, { headers: { 'x-api-key': 'shop-test-key' } });
    await response.json();
  }
}

async function timePlan(oatty: Oatty, newText: () => string): Promise<Result> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await timeOf(() => oatty.workflows.stepPlan({ manifest: newText() })));
  }
  return {
    kind: 'time',
    name: `of these: parsing, validating and planning ${count} steps`,
    ms: median(times),
  };
}
