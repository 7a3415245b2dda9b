import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorPayload } from '@oatty/types';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { applyAdvice } from './apply-advice.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

/** What a model writes by mistake: a manifest that does not run as it is. */
const mistakes: Readonly<Record<string, string>> = {
  'required on an input': `workflow: look
inputs:
  order_id:
    type: string
    required: true
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'a scalar default': `workflow: look
inputs:
  order_id:
    type: string
    default: ord_1
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'an object as example': `workflow: look
inputs:
  order_id:
    type: string
    example: { id: ord_1 }
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'condition instead of if': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    condition: inputs.order_id != ""
    with:
      order: \${{ inputs.order_id }}
`,
  'braces without a dollar': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: '{{ inputs.order_id }}'
`,
  'parameters under flags': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    flags:
      order: \${{ inputs.order_id }}
`,
  'a misspelt command': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop order:info
    with:
      order: \${{ inputs.order_id }}
`,
  'an output that does not exist': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
final_output: \${{ steps.order.amount_total }}
`,
  'a missing parameter': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
`,
  'a DELETE without confirmation': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:delete
    with:
      order: \${{ inputs.order_id }}
`,
  'uses instead of run': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    uses: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'a method and an address': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: GET /orders/{order_id}
    with:
      order: \${{ inputs.order_id }}
`,
  'inputs as a list': `workflow: look
inputs:
  - name: order_id
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'a type in place of an input': `workflow: look
inputs:
  order_id: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
`,
  'a path of another language': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: $.inputs.order_id
`,
  'a placeholder of a shell': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
  - id: again
    run: shop orders:info
    with:
      order: \${steps.order.id}
`,
  'braces without quotes': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: {{ inputs.order_id }}
`,
  'a dependency that does not exist': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    depends_on: [check]
    with:
      order: \${{ inputs.order_id }}
`,
  'outputs of a step': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
    outputs:
      id: \${{ steps.order.id }}
`,
  'a loop under another name': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    foreach: \${{ [inputs.order_id] }}
    with:
      order: \${{ item }}
`,
  'a number of retries': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
    retries: 3
`,
  'a duration in words': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
    timeout: 30 seconds
`,
  'a number as text': `workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
  - id: list
    run: shop orders:list
    with:
      limit: '3'
`,
  'a fence of markdown': `\`\`\`yaml
workflow: look
inputs:
  order_id:
    type: string
steps:
  - id: order
    run: shop orders:info
    with:
      order: \${{ inputs.order_id }}
\`\`\`
`,
};

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
});

afterAll(() => world.close());

describe('a model that does only what the answers say', () => {
  it.each(Object.entries(mistakes))('corrects %s in one step', async (name, manifest) => {
    const transcript = new Transcript(client);
    const saved = await saveOrCorrect(manifest, transcript);
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
