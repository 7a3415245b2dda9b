/** What a terminal shows of the mistakes that models make when they write workflows; the capture is reviewed as text. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../src/run-cli.ts';
import { captureIo } from './captured-io.ts';

const description = fileURLToPath(new URL('../../../examples/shop-api/openapi.yaml', import.meta.url));

const correct = `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`;

const mistakes: Readonly<Record<string, string>> = {
  'required on an input': correct.replace('type: string', 'type: string\n    required: true'),
  'a scalar default': correct.replace('type: string', 'type: string\n    default: ord_1'),
  'an object as example': correct.replace('type: string', 'type: string\n    example: { id: ord_1 }'),
  'condition instead of if': correct.replace('    with:', '    condition: inputs.order_id != ""\n    with:'),
  'braces without a dollar': correct.replace('${{ inputs.order_id }}', "'{{ inputs.order_id }}'"),
  'parameters under flags': correct.replace('with:', 'flags:'),
  'a misspelt command': correct.replace('orders:info', 'order:info'),
  'an output that does not exist': `${correct}final_output: \${{ steps.order.amount_total }}\n`,
  'a missing parameter': correct.replace('    with:\n      order: ${{ inputs.order_id }}\n', ''),
};

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oatty-cli-mistakes-'));
  await oatty('import', description, '--vendor', 'shop');
}, 60_000);

afterAll(() => rm(home, { recursive: true, force: true }));

it('each mistake is shown with its place and what to write instead', async () => {
  const captures: string[] = [];
  for (const [name, manifest] of Object.entries(mistakes)) {
    await writeFile(join(home, 'look.yaml'), manifest);
    captures.push(`# ${name}\n${await oatty('workflow', 'validate', 'look.yaml')}`);
  }
  await writeFile(join(home, 'look.yaml'), correct.replace('orders:info', 'orders:delete'));
  const run = await oatty('run', 'look.yaml', '--input', 'order_id=ord_1');
  captures.push(`# a DELETE without confirmation\n${run}`);
  await expect(captures.join('\n')).toMatchFileSnapshot('golden/mistakes.txt');
}, 60_000);

// --- internal ---

/** A terminal would ask before it removes something; a script is told what to add. */
const scripted: readonly string[] = ['run'];

/** What stands on a terminal of 100 columns. */
async function oatty(...args: readonly string[]): Promise<string> {
  const env = { REGISTRY_CONFIG_PATH: join(home, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' };
  const terminal = { columns: 100, rows: 40 };
  const io = captureIo({ env, cwd: home, ...(!scripted.includes(args[0] ?? '') && { terminal }) });
  const exitCode = await runCli([...args, '--no-color'], io, new AbortController().signal);
  const shown = `${io.out()}${io.err()}`
    .replaceAll(home, 'HOME')
    .replace(/correlation id \S+/, 'correlation id ID');
  return `$ oatty ${args.join(' ')}\n${shown}(ends with ${exitCode})\n`;
}
