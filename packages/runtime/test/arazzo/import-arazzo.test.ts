/** Arazzo documents, from the file to a run against a server. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Violation } from '@oatty/types';
import type { Oatty } from '../../src/index.ts';
import { anExampleServer } from '../descriptions/example-server.ts';
import { readDescribedApi } from '../descriptions/described-api.ts';
import { aHome, countCalls, openAt, openShop } from '../open-oatty.ts';
import type { Home } from '../open-oatty.ts';

const museum = fileURLToPath(new URL('fixtures/museum', import.meta.url));

/** One workflow over the shop, unless told otherwise. */
function aDocument(steps: readonly object[], more: object = {}, shared: object = {}) {
  return {
    arazzo: '1.0.1',
    info: { title: 'Shopping', version: '1.0.0' },
    sourceDescriptions: [{ name: 'shop', url: 'not-here.yaml', type: 'openapi' }],
    workflows: [{ workflowId: 'buy', steps, ...more }],
    ...shared,
  };
}

async function importDocument(oatty: Oatty, home: Home, document: object) {
  const source = join(home.dir, 'buy.arazzo.json');
  await writeFile(source, JSON.stringify(document));
  return oatty.workflows.import({ source });
}

/** Without the advice that every manifest gets. */
function toPlaces(warnings: readonly Violation[]) {
  return warnings.filter(({ rule }) => rule.startsWith('arazzo_')).map(({ path, rule }) => [path, rule]);
}

const inPath = (name: string, value: unknown) => ({ name, in: 'path', value });

describe('importing the museum document', () => {
  it('makes a workflow that buys a ticket', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    const description = join(museum, 'museum-3.1.yaml');
    const server = await anExampleServer(await readDescribedApi(description));
    await oatty.catalogs.importOpenapi({ source: description, vendor: 'museum', baseUrl: server.baseUrl });
    await oatty.catalogs.setAuth('redocly-museum-api', 'MuseumPlaceholderAuth', {
      username: 'guest',
      password: 'x',
    });
    const document = await oatty.workflows.import({ source: join(museum, 'museum-tickets.arazzo.yaml') });
    expect(document).toMatchObject({
      kind: 'workflow',
      workflow_id: 'get-museum-tickets',
      overwritten: false,
      arazzo: { workflows: [{ arazzo_id: 'get-museum-tickets' }], refused: [], catalogs: [] },
    });
    expect(toPlaces(document.warnings)).toEqual([
      ['$.sourceDescriptions[0].x-serverUrl', 'arazzo_extension'],
      ['$.sourceDescriptions[0]', 'arazzo_source'],
      ['$.workflows[0].parameters[0]', 'arazzo_credential'],
      ['$.workflows[0].steps[0].successCriteria[0]', 'arazzo_status'],
    ]);
    const run = await (await oatty.runs.start({ workflow: { workflowId: 'get-museum-tickets' } })).wait();
    expect(run).toMatchObject({
      status: 'succeeded',
      final_output: { ticketId: '382c0820-0530-4f4b-99af-13811ad0f17a' },
    });
    expect(server.arrived.map(({ method, body }) => [method, JSON.parse(String(body))])).toEqual([
      ['POST', { ticketType: 'general', ticketDate: '2023-09-07', email: 'todd@example.com' }],
    ]);
  });

  it('imports the description that it names, once', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    const text = await readFile(join(museum, 'museum-tickets.arazzo.yaml'), 'utf8');
    await cp(join(museum, 'museum-3.1.yaml'), join(home.dir, 'openapi.yaml'));
    await writeFile(join(home.dir, 'tickets.yaml'), text.replace('../openapi.yaml', 'openapi.yaml'));
    const first = await oatty.workflows.import({ source: 'tickets.yaml' });
    expect(first.arazzo?.catalogs).toMatchObject([{ catalog_id: 'redocly-museum-api' }]);
    const again = await oatty.workflows.import({ source: 'tickets.yaml', overwrite: true });
    expect([again.overwritten, again.arazzo?.catalogs]).toEqual([true, []]);
    await expect(oatty.workflows.import({ source: 'tickets.yaml' })).rejects.toMatchObject({
      code: 'WORKFLOW_VALIDATION_FAILED',
      options: { violations: [{ rule: 'WORKFLOW_ALREADY_EXISTS' }] },
    });
  });

  it('says what to run where its description is out of reach', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await mkdir(join(home.dir, 'arazzo'));
    await cp(join(museum, 'museum-tickets.arazzo.yaml'), join(home.dir, 'arazzo/tickets.yaml'));
    await cp(join(museum, 'museum-3.1.yaml'), join(home.dir, 'openapi.yaml'));
    await expect(oatty.workflows.import({ source: 'arazzo/tickets.yaml' })).rejects.toMatchObject({
      options: {
        violations: [
          {
            rule: 'arazzo_operation',
            message: expect.stringContaining(`oatty import ${home.dir}/openapi.yaml`),
          },
        ],
      },
    });
    await oatty.catalogs.importOpenapi({ source: 'openapi.yaml' });
    const { warnings } = await oatty.workflows.import({ source: 'arazzo/tickets.yaml' });
    expect(warnings.map(({ rule }) => rule)).not.toContain('arazzo_source');
  });
});

describe('a workflow made of an Arazzo document', () => {
  it('passes inputs, outputs and embedded expressions on', async () => {
    const { oatty, home, shop } = await openShop();
    const steps = [
      {
        stepId: 'find.order',
        operationId: 'listOrders',
        parameters: [{ name: 'status', in: 'query', value: '$inputs.status' }],
        outputs: { first: '$response.body#/items/0', id: '$response.body.items[0].id' },
      },
      {
        stepId: 'note',
        operationPath: '{$sourceDescriptions.shop.url}#/paths/~1orders~1{order}~1note/put',
        parameters: [{ reference: '$components.parameters.order' }],
        requestBody: {
          contentType: 'text/plain',
          payload: 'Total {$steps.find.order.outputs.first.total}, ${{ kept }}',
        },
      },
    ];
    const inputs = {
      type: 'object',
      required: ['status'],
      properties: {
        status: { type: 'string', enum: ['open', 'paid'] },
        'free text': { $ref: '#/components/inputs/text' },
      },
    };
    const components = {
      parameters: { order: inPath('order', '$steps.find.order.outputs.id') },
      inputs: { text: { type: 'string', default: '${{ x }}' } },
    };
    const outputs = { order: '$steps.find.order.outputs.id', asked: '$inputs.status' };
    const document = aDocument(steps, { inputs, outputs }, { components });
    const { warnings } = await importDocument(oatty, home, document);
    expect(toPlaces(warnings)).toEqual([
      ['$.sourceDescriptions[0]', 'arazzo_source'],
      ['$.workflows[0].inputs.properties', 'arazzo_name'],
      ['$.workflows[0].steps', 'arazzo_name'],
    ]);
    const { parsed } = await oatty.workflows.get('buy');
    expect(parsed).toMatchObject({
      inputs: {
        status: { enum: ['open', 'paid'] },
        'free-text': { optional: true, default: { value: '$${{ x }}' } },
      },
      steps: [
        { id: 'find-order', run: 'shop orders:list', with: { status: '${{ inputs.status }}' } },
        {
          run: 'shop orders:note:update',
          with: { order: '${{ steps.find-order.items[0].id }}' },
          body: 'Total ${{ steps.find-order.items[0].total }}, $${{ kept }}',
        },
      ],
    });
    const run = await (
      await oatty.runs.start({ workflow: { workflowId: 'buy' }, inputs: { status: 'open' } })
    ).wait();
    expect(run).toMatchObject({ status: 'succeeded', final_output: { asked: 'open' } });
    expect(countCalls(shop, 'setOrderNote')).toBe(1);
  });

  it('goes the way that its actions say', async () => {
    const { oatty, home, shop } = await openShop();
    const isPaid = { context: '$response.body', condition: "$response.body#/status == 'PAID'" };
    const steps = (order: string) => [
      {
        stepId: 'read',
        operationId: 'getOrder',
        parameters: [inPath('order', order)],
        successCriteria: [{ condition: '$statusCode == 200' }],
        onSuccess: [
          { name: 'paid', type: 'goto', stepId: 'last', criteria: [isPaid] },
          { name: 'rest', type: 'end', criteria: [{ condition: "$response.body#/status != 'open'" }] },
        ],
      },
      { stepId: 'middle', operationId: 'listProducts', outputs: { all: '$response.body#/items' } },
      { stepId: 'last', operationId: 'listStock' },
    ];
    const outputs = { products: '$steps.middle.outputs.all' };
    await importDocument(oatty, home, aDocument(steps('ord_1'), { outputs }));
    const { items } = (await oatty.commands.run('shop orders:list', { with: { limit: 100 } })).body as {
      items: { id: string; status: string }[];
    };
    const ways: Record<string, string[]> = {};
    for (const status of ['open', 'paid', 'shipped']) {
      const order = items.find((item) => item.status === status)?.id ?? 'none';
      const source = aDocument(steps(order), { outputs });
      await writeFile(join(home.dir, 'way.json'), JSON.stringify(source));
      await oatty.workflows.import({ source: 'way.json', overwrite: true });
      const run = await (await oatty.runs.start({ workflow: { workflowId: 'buy' } })).wait();
      ways[status] = run.steps.filter((step) => step.status === 'succeeded').map(({ id }) => id);
    }
    expect(ways).toEqual({ open: ['read', 'middle', 'last'], paid: ['read', 'last'], shipped: ['read'] });
    expect(countCalls(shop, 'listProducts')).toBe(1);
  });

  it('reads the status and the headers of an answer', async () => {
    const { oatty, home, shop } = await openShop();
    const steps = [
      {
        stepId: 'read',
        operationId: 'getOrder',
        parameters: [inPath('order', 'ord_1')],
        outputs: { tag: '$response.header.ETag', status: '$statusCode' },
      },
      {
        stepId: 'change',
        operationId: 'updateOrder',
        parameters: [
          inPath('order', 'ord_1'),
          { name: 'If-Match', in: 'header', value: '$steps.read.outputs.tag' },
        ],
        requestBody: { payload: { note: 'mind the step' } },
        successCriteria: [{ condition: '$statusCode == 200' }],
      },
      {
        stepId: 'pay',
        operationId: 'createPayment',
        requestBody: { payload: { order: 'ord_1' } },
        successCriteria: [{ condition: '$statusCode == 201 || $statusCode == 202' }],
        onSuccess: [
          { name: 'slow', type: 'goto', stepId: 'last', criteria: [{ condition: '$statusCode == 202' }] },
          { name: 'done', type: 'end', criteria: [{ condition: '$statusCode == 201' }] },
        ],
      },
      { stepId: 'middle', operationId: 'listProducts' },
      { stepId: 'last', operationId: 'listStock' },
    ];
    const outputs = { status: '$steps.read.outputs.status', at: '$steps.pay.outputs.at' };
    const at = { at: '$response.header.Location' };
    const document = aDocument(steps.with(2, { ...steps[2], outputs: at } as never), { outputs });
    const { warnings } = await importDocument(oatty, home, document);
    expect(toPlaces(warnings)).toEqual([
      ['$.sourceDescriptions[0]', 'arazzo_source'],
      ['$.workflows[0].steps[2].successCriteria[0]', 'arazzo_status'],
    ]);
    expect((await oatty.workflows.get('buy')).parsed).toMatchObject({
      steps: [
        {},
        {
          with: { 'If-Match': '${{ responses.read.headers.etag }}' },
          repeat: { until: '(responses.change.status == 200) ?? false', max_attempts: 1 },
        },
        { id: 'pay' },
        { if: expect.stringContaining('responses.pay.status == 202') },
        {},
      ],
    });
    const run = await (await oatty.runs.start({ workflow: { workflowId: 'buy' } })).wait();
    expect(run).toMatchObject({
      status: 'succeeded',
      final_output: { status: 200, at: expect.stringMatching(/^\/payments\//) },
    });
    const ran = run.steps.filter((step) => step.status === 'succeeded').map(({ id }) => id);
    expect(ran).toEqual(['read', 'change', 'pay', 'last']);
    expect(countCalls(shop, 'listProducts')).toBe(0);
  });

  it('polls for a body, and tries a failed call again', async () => {
    const { oatty, home } = await openShop();
    const document = aDocument([
      {
        stepId: 'flaky',
        operationId: 'getFlaky',
        parameters: [inPath('key', 'a')],
        onFailure: [
          { name: 'again', type: 'retry', retryLimit: 5, criteria: [{ condition: '$statusCode >= 500' }] },
        ],
      },
      {
        stepId: 'wait',
        operationId: 'listStock',
        successCriteria: [{ condition: '^\\w+$', type: 'regex', context: '$response.body#/items/0/sku' }],
        onFailure: [{ name: 'again', type: 'retry', retryAfter: 0.5, retryLimit: 2 }],
      },
    ]);
    await importDocument(oatty, home, document);
    expect((await oatty.workflows.get('buy')).parsed).toMatchObject({
      steps: [
        { retry: { max_attempts: 6, on: ['5xx'], delay: '0ms', backoff: 'constant' } },
        {
          repeat: { max_attempts: 3, every: '500ms', until: expect.stringContaining('matches(') },
          retry: { max_attempts: 3, on: ['4xx', '5xx', 'network', 'timeout'] },
        },
      ],
    });
  });

  it('ends where a body is not as its criteria say', async () => {
    const { oatty, home, shop } = await openShop();
    const document = aDocument([
      {
        stepId: 'read',
        operationId: 'listOrders',
        successCriteria: [{ condition: '$response.body#/items/0/id == "ord_x"' }],
      },
      { stepId: 'after', operationId: 'listStock' },
    ]);
    await importDocument(oatty, home, document);
    const run = await (await oatty.runs.start({ workflow: { workflowId: 'buy' } })).wait();
    expect([run.status, countCalls(shop, 'listOrders'), countCalls(shop, 'listStock')]).toEqual([
      'failed',
      1,
      0,
    ]);
  });

  it('runs other workflows of its document, in any order', async () => {
    const { oatty, home } = await openShop();
    const inner = {
      workflowId: 'first order',
      inputs: { type: 'object', properties: { state: { type: 'string' } } },
      steps: [{ stepId: 'list', operationId: 'listOrders', outputs: { id: '$response.body#/items/0/id' } }],
      outputs: { id: '$steps.list.outputs.id' },
    };
    const outer = {
      workflowId: 'outer',
      steps: [
        {
          stepId: 'inner',
          workflowId: 'first order',
          parameters: [{ name: 'state', value: 'open' }],
          outputs: { found: '$outputs.id' },
        },
      ],
      outputs: { found: '$steps.inner.outputs.found' },
    };
    const { arazzo } = await importDocument(oatty, home, { ...aDocument([]), workflows: [outer, inner] });
    expect(arazzo?.workflows.map(({ workflow_id }) => workflow_id)).toEqual(['first-order', 'outer']);
    const run = await (await oatty.runs.start({ workflow: { workflowId: 'outer' } })).wait();
    expect(run.final_output).toEqual({ found: 'ord_1' });
  });
});

describe('what has no counterpart', () => {
  const list = { stepId: 'list', operationId: 'listOrders' };
  const pay = { stepId: 'stock', operationId: 'setStock', parameters: [inPath('sku', 'A')] };
  const refusals: [string, object[], string[]][] = [
    ['an unknown operation', [{ stepId: 'a', operationId: 'listOrder' }], ['arazzo_operation']],
    ['a goto back', [list, { ...pay, onSuccess: [{ type: 'goto', stepId: 'list' }] }], ['arazzo_goto']],
    ['a goto after a failure', [{ ...list, onFailure: [{ type: 'goto', stepId: 'list' }] }], ['arazzo_goto']],
    [
      'a failure taken for a success',
      [{ ...list, successCriteria: [{ condition: '$statusCode == 404' }] }],
      ['arazzo_status'],
    ],
    [
      'a criterion before a change',
      [
        { ...list, successCriteria: [{ type: 'jsonpath', context: '$response.body', condition: '$.items' }] },
        pay,
      ],
      ['arazzo_criterion'],
    ],
    [
      'an expression that does not parse',
      [{ ...list, parameters: [{ name: 'status', in: 'query', value: '$inputs..x' }] }],
      ['arazzo_expression'],
    ],
    [
      'a cookie of a response',
      [
        { ...list, outputs: { tag: '$response.header.Set-Cookie' } },
        { ...pay, parameters: [inPath('sku', '$steps.list.outputs.tag')] },
      ],
      ['arazzo_expression'],
    ],
    [
      'a parameter that the operation does not take',
      [{ ...list, parameters: [{ name: 'colour', in: 'query', value: 1 }] }],
      ['arazzo_parameter'],
    ],
    [
      'a step that comes later',
      [{ ...list, parameters: [{ name: 'status', in: 'query', value: '$steps.b.outputs.c' }] }],
      ['arazzo_expression'],
    ],
    ['two steps of one name', [list, list], ['arazzo_duplicate']],
    [
      'a reference to nothing',
      [{ ...list, parameters: [{ reference: '$components.parameters.none' }] }],
      ['arazzo_reference'],
    ],
    [
      'a channel',
      [{ stepId: 'a', channelPath: '{$sourceDescriptions.x.url}#/channels/y', action: 'send' }],
      ['arazzo_operation'],
    ],
    ['no steps', [], ['arazzo_steps']],
  ];

  it.each(refusals)('refuses %s, and saves nothing', async (_what, steps, rules) => {
    const { oatty, home } = await openShop();
    const failure = await importDocument(oatty, home, aDocument(steps)).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'WORKFLOW_VALIDATION_FAILED' });
    const { violations } = (failure as { options: { violations: { rule: string }[] } }).options;
    expect(violations.map(({ rule }) => rule)).toEqual(rules);
    expect((await oatty.workflows.list()).items).toEqual([]);
  });

  it('refuses one workflow and imports the others', async () => {
    const { oatty, home } = await openShop();
    const workflows = [
      { workflowId: 'bad', dependsOn: ['good'], steps: [list] },
      { workflowId: 'runs-bad', steps: [{ stepId: 'a', workflowId: 'bad' }] },
      { workflowId: 'good', steps: [{ ...list, 'x-note': 1 }] },
      { workflowId: 'ping', steps: [{ stepId: 'a', workflowId: 'pong' }] },
      { workflowId: 'pong', steps: [{ stepId: 'a', workflowId: 'ping' }] },
    ];
    const { arazzo, workflow_id } = await importDocument(oatty, home, { ...aDocument([]), workflows });
    expect(workflow_id).toBe('good');
    expect(arazzo?.refused.map(({ arazzo_id, violations }) => [arazzo_id, violations[0]?.rule])).toEqual([
      ['bad', 'arazzo_depends_on'],
      ['runs-bad', 'arazzo_operation'],
      ['pong', 'arazzo_operation'],
      ['ping', 'arazzo_operation'],
    ]);
    expect(toPlaces(arazzo?.workflows[0]?.warnings ?? [])).toEqual([
      ['$.workflows[2].steps[0].x-note', 'arazzo_extension'],
    ]);
  });

  it('reads versions 1.0 and 1.1, and at most 1,000 workflows', async () => {
    const { oatty, home } = await openShop();
    const document = aDocument([{ ...list, timeout: 1500 }]);
    await importDocument(oatty, home, { ...document, arazzo: '1.1.0' });
    expect((await oatty.workflows.get('buy')).parsed).toMatchObject({ steps: [{ timeout: '1500ms' }] });
    await expect(importDocument(oatty, home, { ...document, arazzo: '2.0.0' })).rejects.toMatchObject({
      options: { violations: [{ rule: 'arazzo_version' }] },
    });
    const many = Array.from({ length: 1_001 }, (_, index) => ({ workflowId: `w${index}`, steps: [list] }));
    await expect(importDocument(oatty, home, { ...document, workflows: many })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'maxWorkflows' } },
    });
  });
});
