/** Workflows as Arazzo documents, and back. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Violation } from '@oatty/types';
import type { Oatty } from '../../src/index.ts';
import { openShop } from '../open-oatty.ts';
import type { Home } from '../open-oatty.ts';

const charge = {
  workflow: 'charge',
  title: 'Charge an order',
  inputs: {
    order_id: { type: 'string', description: 'The order.', validate: { pattern: '^ord_' } },
    source: {
      type: 'string',
      enum: ['tok_visa', 'tok_declined'],
      default: { from: 'literal', value: 'tok_visa' },
    },
  },
  steps: [
    {
      id: 'order',
      run: 'shop orders:info',
      with: { order: '${{ inputs.order_id }}' },
      retry: { max_attempts: 3, backoff: 'constant', delay: '1s', on: [429, '5xx'] },
    },
    {
      id: 'pay',
      run: 'shop payments:create',
      if: "lower(to_string(steps.order.status)) == 'open'",
      body: { order: '${{ steps.order.id }}', source: '${{ inputs.source }}' },
    },
    { id: 'stock', run: 'shop stock:list' },
    {
      id: 'note',
      run: 'shop orders:note:update',
      with: { order: '${{ steps.order.id }}' },
      body: 'Total ${{ steps.order.total }}, of ${{ steps.order.customer }}',
    },
  ],
  final_output: { payment: '${{ steps.pay.id ?? null }}', total: '${{ steps.order.total }}' },
};

async function exported(oatty: Oatty, manifest: Readonly<Record<string, unknown>>) {
  await oatty.workflows.save({ content: manifest, overwrite: true });
  return oatty.workflows.exportArazzo(String(manifest['workflow']), { outputPath: 'out.arazzo.yaml' });
}

async function back(oatty: Oatty, home: Home, document: object) {
  const source = join(home.dir, 'back.json');
  await writeFile(source, JSON.stringify(document));
  await oatty.workflows.import({ source, overwrite: true });
}

const rulesOf = (violations: readonly Violation[]) => violations.map(({ path, rule }) => `${path} ${rule}`);

describe('exporting a workflow as Arazzo', () => {
  it('writes steps, values, conditions and retries', async () => {
    const { oatty } = await openShop();
    const { document, warnings } = await exported(oatty, charge);
    expect(warnings).toEqual([]);
    expect(document).toMatchObject({
      arazzo: '1.0.1',
      info: { title: 'Charge an order' },
      sourceDescriptions: [{ name: 'shop-api', url: expect.stringMatching(/openapi\.yaml$/) }],
      workflows: [
        {
          workflowId: 'charge',
          inputs: {
            required: ['order_id'],
            properties: { order_id: { pattern: '^ord_' }, source: { default: 'tok_visa' } },
          },
          steps: [
            {
              operationId: '$sourceDescriptions.shop-api.getOrder',
              parameters: [{ name: 'order', in: 'path', value: '$inputs.order_id' }],
              onFailure: [{ type: 'retry', retryAfter: 1, retryLimit: 2 }],
              onSuccess: [
                {
                  type: 'goto',
                  stepId: 'pay',
                  criteria: [{ condition: "$response.body#/status == 'open'" }],
                },
                { type: 'goto', stepId: 'stock' },
              ],
              outputs: { id: '$response.body#/id', total: '$response.body#/total' },
            },
            {
              requestBody: {
                contentType: 'application/json',
                payload: { order: '$steps.order.outputs.id', source: '$inputs.source' },
              },
            },
            { stepId: 'stock' },
            {
              requestBody: {
                payload: 'Total {$steps.order.outputs.total}, of {$steps.order.outputs.customer}',
              },
            },
          ],
          outputs: { payment: '$steps.pay.outputs.id', total: '$steps.order.outputs.total' },
        },
      ],
    });
  });

  it('comes back as a workflow that does the same', async () => {
    const { oatty, home } = await openShop();
    const { document } = await exported(oatty, charge);
    const start = async () =>
      (await oatty.runs.start({ workflow: { workflowId: 'charge' }, inputs: { order_id: 'ord_1' } })).wait();
    await back(oatty, home, document);
    const { parsed } = await oatty.workflows.get('charge');
    expect(parsed).toMatchObject({
      inputs: charge.inputs,
      steps: [
        {
          id: 'order',
          with: charge.steps[0]?.with,
          retry: { max_attempts: 3, delay: '1000ms', on: [429, '5xx'] },
        },
        {
          id: 'pay',
          if: expect.stringContaining('lower(to_string(steps.order.status)) == "open"'),
          body: charge.steps[1]?.body,
        },
        { id: 'stock', run: 'shop stock:list' },
        { id: 'note', body: charge.steps[3]?.body },
      ],
    });
    expect((parsed as typeof charge).steps[2]).not.toHaveProperty('if');
    const run = await start();
    expect([run.status, run.steps.map(({ status }) => status)]).toEqual([
      'succeeded',
      Array(4).fill('succeeded'),
    ]);
    const again = await oatty.workflows.exportArazzo('charge', { outputPath: 'out.arazzo.yaml' });
    expect(again.document).toEqual(document);
  });

  it('says a poll as criteria and a retry', async () => {
    const { oatty, home } = await openShop();
    const poll = { until: 'steps.wait.status != "processing"', every: '500ms', max_attempts: 20 };
    const manifest = {
      workflow: 'poll',
      inputs: { payment: { type: 'string' } },
      steps: [
        { id: 'wait', run: 'shop payments:info', with: { payment: '${{ inputs.payment }}' }, repeat: poll },
      ],
    };
    const { document, warnings } = await exported(oatty, manifest);
    expect(rulesOf(warnings)).toEqual(['$.steps[0].repeat.until arazzo_case']);
    expect(document).toMatchObject({
      workflows: [
        {
          steps: [
            {
              successCriteria: [
                { condition: '$statusCode < 400' },
                { condition: "$response.body#/status != 'processing'" },
              ],
              onFailure: [{ type: 'retry', retryAfter: 0.5, retryLimit: 19 }],
            },
          ],
        },
      ],
    });
    await back(oatty, home, document);
    const { parsed } = await oatty.workflows.get('poll');
    expect(parsed).toMatchObject({ steps: [{ repeat: { every: '500ms', max_attempts: 20 } }] });
    expect((parsed as { steps: object[] }).steps[0]).not.toHaveProperty('retry');
  });

  it('says a status and headers as outputs of their step', async () => {
    const { oatty, home } = await openShop();
    const manifest = {
      workflow: 'change',
      steps: [
        { id: 'read', run: 'shop orders:info', with: { order: 'ord_1' } },
        {
          id: 'change',
          run: 'shop orders:update',
          with: { order: 'ord_1', 'If-Match': '${{ responses.read.headers.etag }}', note: 'a' },
          repeat: { until: 'responses.change.status == 200', every: '1s', max_attempts: 3 },
        },
      ],
      final_output: { status: '${{ responses.change.status }}' },
    };
    const { document, warnings } = await exported(oatty, manifest);
    expect(rulesOf(warnings)).toEqual([]);
    expect(document).toMatchObject({
      workflows: [
        {
          steps: [
            { outputs: { etag: '$response.header.etag' } },
            {
              parameters: [{}, { name: 'If-Match', value: '$steps.read.outputs.etag' }],
              successCriteria: [{}, { condition: '$statusCode == 200' }],
              outputs: { status: '$statusCode' },
            },
          ],
          outputs: { status: '$steps.change.outputs.status' },
        },
      ],
    });
    await back(oatty, home, document);
    const { parsed } = await oatty.workflows.get('change');
    expect(parsed).toMatchObject({
      steps: [
        {},
        {
          with: { 'If-Match': '${{ responses.read.headers.etag }}' },
          repeat: { until: '(responses.change.status == 200) ?? false', every: '1000ms', max_attempts: 3 },
        },
      ],
      final_output: { status: '${{ responses.change.status }}' },
    });
  });

  it('warns about what a run does not depend on', async () => {
    const { oatty } = await openShop();
    const manifest = {
      workflow: 'w',
      max_parallel: 2,
      queue: { name: 'slow' },
      inputs: { order: { type: 'string', provider: 'shop orders:list', select: { value_field: 'id' } } },
      steps: [
        {
          id: 'read',
          run: 'shop orders:info',
          with: { order: '${{ inputs.order }}' },
          timeout: '2s',
          retry: { max_attempts: 2 },
        },
      ],
      final_output: { all: '${{ steps.read }}', text: 'a ${{ steps.read.id }}' },
    };
    const { document, warnings } = await exported(oatty, manifest);
    expect(document).toMatchObject({ arazzo: '1.1.0', workflows: [{ steps: [{ timeout: 2000 }] }] });
    expect(rulesOf(warnings)).toEqual([
      '$.max_parallel arazzo_workflow',
      '$.queue arazzo_workflow',
      '$.steps[0].retry.backoff arazzo_retry',
      '$.steps[0].retry.on arazzo_retry',
      '$.final_output.text arazzo_output',
      '$.inputs.order.provider arazzo_input',
      '$.inputs.order.select arazzo_input',
    ]);
  });

  it('refuses what a run depends on, and names each place', async () => {
    const { oatty } = await openShop();
    const manifest = {
      workflow: 'w',
      steps: [
        {
          id: 'list',
          run: 'shop orders:list',
          if: 'run.id == "x"',
          with: { status: "${{ lower('OPEN') }}" },
        },
        {
          id: 'each',
          run: 'shop orders:info',
          for_each: '${{ steps.list.items }}',
          with: { order: '${{ item.id }}' },
        },
        { id: 'stock', run: 'shop stock:list', depends_on: ['list'], on_failure: 'continue' },
        { id: 'note', run: 'shop orders:note:update', with: { order: 'ord_1' }, body: 'about {$inputs.x}' },
      ],
    };
    const failure = await exported(oatty, manifest).catch((thrown: unknown) => thrown);
    const { violations } = (failure as { options: { violations: Violation[] } }).options;
    expect(rulesOf(violations)).toEqual([
      '$.steps[0].if arazzo_condition',
      '$.steps[0].with.status arazzo_expression',
      '$.steps[1].for_each arazzo_for_each',
      '$.steps[1].with.order arazzo_expression',
      '$.steps[2].depends_on arazzo_depends_on',
      '$.steps[2].on_failure arazzo_on_failure',
      '$.steps[3].body arazzo_expression',
    ]);
  });
});
