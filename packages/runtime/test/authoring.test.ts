import { isTerminal } from '@oatty/types';
import type { Question, RunDocument } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { toDraftWriting } from '../src/index.ts';
import type { DraftWriting, Oatty } from '../src/index.ts';
import { openShop } from './open-oatty.ts';

const head = `workflow: look_up
title: Look an order up
inputs:
  order_id: { type: string, description: Which order }
`;
const steps = `steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
    output_contract: { fields: [{ name: status, type: string }] }
final_output: { status: '\${{ steps.order.status }}' }
`;
const noProviders = 'inputs: {}';
const whole = head + steps;

describe('authorAndRun with a model', () => {
  it('asks for the inputs, then for the steps, and runs what was saved', async () => {
    const { oatty } = await openShop();
    const { run, asked } = await author(oatty, [head, steps, noProviders]);
    expect(asked.map(({ block, round }) => [block, round])).toEqual([
      ['inputs', 1],
      ['steps', 1],
      ['providers', 1],
    ]);
    expect(run).toMatchObject({
      workflow_id: 'look_up',
      status: 'succeeded',
      final_output: { status: expect.any(String) },
    });
    const { content, parsed } = await oatty.workflows.get('look_up');
    expect(content).toContain('order: ${{ inputs.order_id }}');
    expect(parsed).toMatchObject({ title: 'Look an order up', steps: [{ id: 'order' }] });
    const { operation } = await oatty.runs.inspect(run.run_id);
    expect(operation).toMatchObject({
      name: 'workflow.author_and_run',
      saved: { path: expect.stringMatching(/look_up\.yaml$/), overwritten: false },
    });
  });

  it('is told which commands there are, with their parameters', async () => {
    const { oatty } = await openShop();
    const { asked } = await author(oatty, [head, steps]);
    expect(asked[0]?.commands).toContainEqual(
      expect.objectContaining({
        id: 'shop orders:info',
        effect: 'safe',
        parameters: [{ name: 'order', required: true, type: 'string' }],
        output: expect.objectContaining({ fields: expect.arrayContaining(['id', 'status']) }),
      }),
    );
    expect(asked[1]?.manifest).toContain('workflow: look_up');
  });

  it('does without providers that do not come right', async () => {
    const { oatty } = await openShop();
    const unknown = 'order_id: { provider: shop orders:lst }';
    const { run, asked } = await author(oatty, [head, steps, unknown, unknown, unknown]);
    expect(asked.map(({ block }) => block).slice(2)).toEqual(['providers', 'providers', 'providers']);
    expect(run.status).toBe('succeeded');
  });

  it('takes fences and words around the text', async () => {
    const { oatty } = await openShop();
    const { run } = await author(oatty, [
      `Sure! Here is the head:\n\`\`\`yaml\n${head}\`\`\`\nLet me know.`,
      `~~~\n${steps}~~~`,
    ]);
    expect(run.status).toBe('succeeded');
  });

  it('takes a whole manifest in place of its head', async () => {
    const { oatty } = await openShop();
    const { run, asked } = await author(oatty, [whole]);
    expect([run.status, asked.length]).toEqual(['succeeded', 1]);
    expect((await oatty.workflows.get('look_up')).content).toBe(whole);
  });

  it('is shown what is wrong with a block, until it is right', async () => {
    const { oatty } = await openShop();
    const wrong = head.replace('type: string', 'type: strng');
    const misspelt = steps.replace('orders:info', 'orders:inof');
    const { run, asked } = await author(oatty, [wrong, head, misspelt, steps, noProviders]);
    expect(asked.map(({ block, round }) => `${block} ${round}`)).toEqual([
      'inputs 1',
      'inputs 2',
      'steps 1',
      'steps 2',
      'providers 1',
    ]);
    expect(asked[1]).toMatchObject({ written: wrong, violations: [{ path: '$.inputs.order_id.type' }] });
    expect(asked[3]?.violations?.[0]).toMatchObject({ path: '$.steps[0].run' });
    expect(run.status).toBe('succeeded');
  });

  it('repairs the whole when a block does not come right', async () => {
    const { oatty } = await openShop();
    const misspelt = steps.replace('orders:info', 'orders:inof');
    const { run, asked } = await author(oatty, [head, misspelt, misspelt, misspelt, whole]);
    expect(asked.at(-1)).toMatchObject({ block: 'manifest', round: 1, max_rounds: 5 });
    expect(run.status).toBe('succeeded');
  });

  it('ends with the violations after five repairs', async () => {
    const { oatty } = await openShop();
    const broken = whole.replace('orders:info', 'orders:inof');
    const { run, asked } = await author(
      oatty,
      Array.from({ length: 10 }, () => broken),
    );
    expect(asked.map(({ block }) => block)).toEqual([
      'inputs',
      ...Array.from({ length: 5 }, () => 'manifest'),
    ]);
    expect(run).toMatchObject({
      status: 'failed',
      error: {
        error_code: 'WORKFLOW_VALIDATION_FAILED',
        violations: [{ path: '$.steps[0].run' }],
        context: { rounds: 5, manifest: broken },
      },
    });
    expect((await oatty.workflows.list()).items).toEqual([]);
  });

  it('asks which command lists the values of an input', async () => {
    const { oatty } = await openShop();
    const customer = head.replaceAll('order_id', 'customer').replace('Which order', 'Whose');
    const find = `steps:
  - id: show
    run: shop customers:info
    with: { customer: '\${{ inputs.customer }}' }
`;
    const providers =
      'customer: { provider: shop customers:list, select: { value_field: id, display_field: name } }';
    const { asked, run } = await author(oatty, [customer, find, providers], {
      inputs: { customer: 'cus_1' },
    });
    expect(asked.at(-1)).toMatchObject({
      block: 'providers',
      candidates: [{ input: 'customer', provider: 'shop customers:list' }],
    });
    expect(run.inputs).toEqual({ customer: 'cus_1' });
    const { parsed } = await oatty.workflows.get('look_up');
    expect(parsed).toMatchObject({
      inputs: {
        customer: { type: 'string', provider: 'shop customers:list', select: { value_field: 'id' } },
      },
    });
  });

  it('counts what the model could not write, and says why in the end', async () => {
    const { oatty } = await openShop();
    const { run } = await author(oatty, [], { failure: 'quota exceeded' });
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'RESPONSE_INVALID' } });
    expect(run.error?.message).toContain('quota exceeded');
  });

  it('chooses another id when the first is taken', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: whole.replace('Look an order up', 'Mine') });
    const { run, asked } = await author(oatty, [whole, whole.replace('look_up', 'look_up_2')]);
    expect(asked[1]?.violations).toMatchObject([{ path: '$.workflow', rule: 'already_exists' }]);
    expect(run).toMatchObject({ workflow_id: 'look_up_2', status: 'succeeded' });
    expect((await oatty.workflows.get('look_up')).parsed).toMatchObject({ title: 'Mine' });
  });

  it('refuses a goal that is longer than a goal should be', async () => {
    const { oatty } = await openShop();
    const refused = oatty.operations.authorAndRun({ goal: 'x'.repeat(10_001), hasModel: true });
    await expect(refused).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('never runs destructive steps that nobody agreed to', async () => {
    const { oatty, shop } = await openShop();
    const removal = whole
      .replace('orders:info', 'orders:delete')
      .replace(/    output_contract.*\n/, '')
      .replace(/final_output.*\n/, '');
    const { run } = await author(oatty, [removal], { maxEffect: 'standard' });
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'CONFIRMATION_REQUIRED' } });
    expect(run.error?.message).toContain('order (shop orders:delete)');
    expect(shop.calls()).toEqual([]);
  });
});

// --- internal ---

interface Scene {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly failure?: string;
  readonly maxEffect?: 'standard';
}

/** Answers each question with the next of the texts. */
async function author(oatty: Oatty, texts: readonly string[], scene: Scene = {}) {
  const { failure, ...options } = scene;
  const { run_id } = await oatty.operations.authorAndRun({
    goal: 'look an order up and tell its status',
    hasModel: true,
    inputs: { order_id: 'ord_1' },
    ...options,
  });
  const asked: DraftWriting[] = [];
  const run = await follow(oatty, run_id, async (question) => {
    asked.push(toDraftWriting(question));
    const text = texts[asked.length - 1];
    return text === undefined ? { failure: failure ?? 'nothing more to say' } : { text };
  });
  return { run, asked };
}

async function follow(
  oatty: Oatty,
  runId: string,
  answer: (question: Question) => Promise<unknown>,
): Promise<RunDocument> {
  for await (const event of oatty.runs.events(runId)) {
    if (event.type !== 'run_waiting' || event.question === undefined) continue;
    await oatty.runs.respond(runId, await answer(event.question), event.question.question_id);
  }
  const run = await oatty.runs.get(runId);
  expect(isTerminal(run.status)).toBe(true);
  return run;
}
