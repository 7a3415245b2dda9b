/** One HTTP command, and a workflow of five, as whole processes against bare fetch scripts. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNode, runOatty } from './child.ts';
import { compare } from './compare.ts';
import { chainText, withShop } from './home.ts';
import type { Result } from './result.ts';

export async function benchHttpCommand(): Promise<readonly Result[]> {
  return withShop(async (home, shop) => {
    const manifest = join(home.folder, 'five.yaml');
    await writeFile(manifest, chainText('five', 5));
    const fetchScript = (count: number) => () =>
      runNode(['--input-type=module', '-e', toScript(shop.url, count)], home.env);
    return [
      await compare({
        name: 'one HTTP command, whole process',
        target: 1.5,
        rounds: 20,
        ours: () => runOatty(['shop', 'orders:info', 'ord_1', '--json'], home.env),
        floor: fetchScript(1),
      }),
      await compare({
        name: 'five HTTP steps, whole process',
        target: 1.6,
        rounds: 20,
        ours: () => runOatty(['run', manifest, '--json'], home.env),
        floor: fetchScript(5),
      }),
    ];
  });
}

// --- internal ---

function toScript(url: string, count: number): string {
  return `for (let i = 0; i < ${count}; i++) {
    const response = await fetch(${JSON.stringify(`${url}/orders/ord_1`)}, { headers: { 'x-api-key': process.env.SHOP_API_KEY } });
    console.log(JSON.stringify(await response.json()));
  }`;
}
