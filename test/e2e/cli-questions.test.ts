/** What a run asks at a terminal, answered as a person does. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShopCommandLines, repository } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

const binary = join(repository, 'packages/cli/dist/main.js');
const enter = '\r';

let shops: ShopCommandLines;

beforeAll(async () => {
  shops = await openShopCommandLines();
});

afterAll(() => shops.close());

const manifest = `workflow: ask
inputs:
  order:
    description: Which order
    provider: shop orders:list
    select: { value_field: id, display_field: id }
  note: { type: string, description: What to say }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order }}' }
final_output: '\${{ steps.order.id }} \${{ inputs.note }}'
`;

describe.skipIf(spawnSync('script', ['--version']).error)('a run on a terminal', () => {
  it('asks for missing inputs, with the values of providers as choices', async () => {
    await using oatty = await shops.open();
    const path = await oatty.write('ask.yaml', manifest);
    const shown = await answer(oatty.home, `run ${path}`, [
      ['Which order', enter],
      ['What to say', `hello${enter}`],
    ]);
    expect(shown).toMatch(/ord_1[^]*ord_2/);
    expect(shown).toMatch(/ord_\d+ hello\s*$/);
  });
});

// --- internal ---

/** Types each answer when its question is there. @returns all that was shown */
async function answer(
  home: string,
  call: string,
  answers: readonly (readonly [question: string, typed: string])[],
): Promise<string> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    TERM: 'xterm',
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
  };
  const command = `stty cols 100 rows 40; "${process.execPath}" "${binary}" ${call}`;
  const terminal = spawn('script', ['-qec', command, '/dev/null'], { env });
  const open = [...answers];
  let shown = '';
  let from = 0;
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const [question, typed] = open[0] ?? [];
    if (question === undefined || !shown.slice(from).includes(question)) return;
    from = shown.length;
    open.shift();
    terminal.stdin.write(typed);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  terminal.on('close', () => resolve());
  await promise;
  return shown;
}
