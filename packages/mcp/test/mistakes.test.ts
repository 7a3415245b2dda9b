import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorPayload } from '@oatty/types';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { applyAdvice } from './apply-advice.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

const type = '    type: string';
const run = '    run: shop orders:info';
const order = '      order: ${{ inputs.order_id }}';

const correct = `workflow: look
inputs:
  order_id:
${type}
steps:
  - id: order
${run}
    with:
${order}
`;

/** What a model writes by mistake, in place of a part of the manifest. */
const mistakes: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  'required on an input': [type, `${type}\n    required: true`],
  'a scalar default': [type, `${type}\n    default: ord_1`],
  'an object as example': [type, `${type}\n    example: { id: ord_1 }`],
  'condition instead of if': [run, `${run}\n    condition: inputs.order_id != ""`],
  'braces without a dollar': [order, "      order: '{{ inputs.order_id }}'"],
  'parameters under flags': ['    with:', '    flags:'],
  'a misspelt command': [run, '    run: shop order:info'],
  'an output that does not exist': [order, `${order}\nfinal_output: \${{ steps.order.amount_total }}`],
  'a missing parameter': [`    with:\n${order}\n`, ''],
  'a DELETE without confirmation': [run, '    run: shop orders:delete'],
  'uses instead of run': [run, '    uses: shop orders:info'],
  'a method and an address': [run, '    run: GET /orders/{order_id}'],
  'inputs as a list': ['  order_id:', '  - name: order_id'],
  'a type in place of an input': [`  order_id:\n${type}`, '  order_id: string'],
  'a path of another language': [order, '      order: $.inputs.order_id'],
  'a placeholder of a shell': [
    order,
    `${order}\n  - id: again\n${run}\n    with:\n      order: \${steps.order.id}`,
  ],
  'braces without quotes': [order, '      order: {{ inputs.order_id }}'],
  'a dependency that does not exist': [run, `${run}\n    depends_on: [check]`],
  'outputs of a step': [order, `${order}\n    outputs:\n      id: \${{ steps.order.id }}`],
  'a loop under another name': [
    `    with:\n${order}`,
    `    foreach: \${{ [inputs.order_id] }}\n    with:\n      order: \${{ item }}`,
  ],
  'a number of retries': [order, `${order}\n    retries: 3`],
  'a duration in words': [order, `${order}\n    timeout: 30 seconds`],
  'a number as text': [
    order,
    `${order}\n  - id: list\n    run: shop orders:list\n    with:\n      limit: '3'`,
  ],
  'a fence of markdown': [correct, `\`\`\`yaml\n${correct}\`\`\`\n`],
  'a JSON Schema of inputs': [
    `  order_id:\n${type}`,
    '  type: object\n  required: [order_id]\n  properties:\n    order_id:\n      type: string',
  ],
  'a bare name in until': [order, `${order}\n    repeat:\n      until: status == "open"`],
};

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
});

afterAll(() => world.close());

describe('a model that does only what the answers say', () => {
  it.each(Object.entries(mistakes))('corrects %s in one step', async (name, [right, wrong]) => {
    const transcript = new Transcript(client);
    const saved = await saveOrCorrect(
      correct.replace(right, () => wrong),
      transcript,
    );
    const args = { workflow_id: saved, inputs: { order_id: 'ord_1' } };
    const started = await transcript.call('run_start', args);
    const runId = started.error
      ? (await transcript.call('run_start', { ...args, ...toArguments(started.error) })).result.run_id
      : started.result.run_id;
    const { status } = await world.oatty.runs.wait(String(runId));
    expect(status).toBe('succeeded');
    expect(transcript.corrections).toBe(1);
    const golden = new URL(
      `./mistakes/${name.replaceAll(' ', '-').toLowerCase()}.golden.md`,
      import.meta.url,
    );
    await expect(transcript.text).toMatchFileSnapshot(fileURLToPath(golden));
    await world.oatty.workflows.delete(saved);
    world.shop.reset();
  });
});

// --- internal ---

async function saveOrCorrect(manifest: string, transcript: Transcript): Promise<string> {
  const first = await transcript.call('workflow_save', { manifest_content: manifest });
  if (!first.error) return String(first.result.workflow_id);
  const corrected = applyAdvice(manifest, first.error.suggested_action);
  const second = await transcript.call('workflow_save', { manifest_content: corrected });
  return String(second.result.workflow_id);
}

/** `… call again with confirm: true, plan_hash: "8fd8…".` */
function toArguments({ suggested_action: advice }: ErrorPayload): Record<string, unknown> {
  const [, given = ''] = /call again with (.+)\.$/.exec(advice) ?? [];
  const pairs = given.split(', ').map((pair) => pair.split(': '));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, JSON.parse(value)]));
}

/** What was called and what came back, as far as a model reads it. */
class Transcript {
  readonly #client: TestClient;
  #text = '';
  corrections = 0;

  constructor(client: TestClient) {
    this.#client = client;
  }

  get text(): string {
    return this.#text;
  }

  async call(name: string, args: Record<string, unknown>) {
    const { isError, structuredContent } = await this.#client.client.callTool({ name, arguments: args });
    const result = structuredContent as Record<string, unknown>; // every tool gives an object
    const error = isError === true ? (result.data as ErrorPayload) : undefined;
    if (error) this.corrections += 1;
    const { manifest_content: manifest, ...others } = args;
    const call = typeof manifest === 'string' ? `yaml\n${manifest}` : `json\n${JSON.stringify(others)}\n`;
    this.#text += `## ${name}\n\n\`\`\`${call}\`\`\`\n\n${error ? describeError(error) : describeResult(result)}\n`;
    return { error, result };
  }
}

function describeError({ error_code, message, suggested_action, violations = [] }: ErrorPayload): string {
  const lines = violations.map(
    ({ path, message: what, suggestion }) => `- ${path}: ${what} ${suggestion ?? ''}`,
  );
  return [`→ ${error_code}: ${message}`, ...lines, `→ ${suggested_action}`, ''].join('\n');
}

function describeResult({ workflow_id, status }: Record<string, unknown>): string {
  return `→ ${JSON.stringify({ workflow_id, status })}\n`;
}
