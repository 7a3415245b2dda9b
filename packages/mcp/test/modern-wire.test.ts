import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp, serveStdio } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { modernEnvelope as envelope, postModern, revisionKey } from './modern-request.ts';
import type { RpcAnswer } from './modern-request.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: HttpServer;

beforeAll(async () => {
  world = await openShop();
  server = await serveHttp({ ...options(), host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

describe('a request of 2026-07-28', () => {
  it('is answered alone, with the kind of its result', async () => {
    const { status, body } = await post('tools/call', { name: 'catalog_list' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 7,
      result: {
        resultType: 'complete',
        structuredContent: { items: [{ catalog_id: 'shop-api' }] },
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'oatty', version: '1' } },
      },
    });
  });

  it.each([
    ['of another method than the header says', { 'mcp-method': 'tools/list' }],
    ['of another tool than the header says', { 'mcp-name': 'workflow_list' }],
    ['of another revision than the header says', { 'mcp-protocol-version': '2025-11-25' }],
    ['without the header of its revision', { 'mcp-protocol-version': undefined }],
  ])('%s is refused', async (_, headers) => {
    const { status, body } = await post('tools/call', { name: 'catalog_list' }, headers);
    expect([status, body]).toMatchObject([400, { id: 7, error: { code: -32_020 } }]);
  });

  it('of a revision that is not here is told which are', async () => {
    const params = { name: 'catalog_list', _meta: { ...envelope, [revisionKey]: '2027-01-01' } };
    const { status, body } = await post('tools/call', params, { 'mcp-protocol-version': '2027-01-01' });
    const data = { supported: ['2026-07-28'], requested: '2027-01-01' };
    expect([status, body]).toMatchObject([400, { id: 7, error: { code: -32_022, data } }]);
  });

  it('without its envelope is refused, by the header alone', async () => {
    const { status, body } = await post('tools/call', { name: 'catalog_list', _meta: {} });
    expect([status, body]).toMatchObject([400, { id: 7, error: { code: -32_602 } }]);
  });

  it.each(['initialize', 'ping', 'tasks/list', 'tasks/result', 'nothing'])(
    '%s is no method',
    async (method) => {
      const { status, body } = await post(method, {});
      expect([status, body]).toMatchObject([404, { id: 7, error: { code: -32_601 } }]);
    },
  );
});

describe('a call that needs an answer', () => {
  it('ends with the question, and comes again with the answer', async () => {
    const { inputRequests, requestState } = await ask();
    expect(inputRequests).toMatchObject({
      confirmation: { method: 'elicitation/create', params: { message: expect.stringContaining('delete') } },
    });
    const answered = await post('tools/call', { ...aDeletion(), requestState, inputResponses: yes });
    expect(answered.body.result).toMatchObject({
      resultType: 'complete',
      structuredContent: { status: 204 },
    });
  });

  it('may be answered by another process', async () => {
    const { requestState } = await ask();
    const other = await serveHttp({ ...options(), host: '127.0.0.1', port: 0 });
    const call = { ...aDeletion('ord_2'), requestState, inputResponses: yes };
    const refused = await post('tools/call', call, {}, other.url);
    const { requestState: again } = await ask('ord_2');
    const answered = await post('tools/call', { ...call, requestState: again }, {}, other.url);
    await other.close();
    expect(refused.body.error).toMatchObject({ code: -32_602, data: { error_code: 'ARGUMENT_INVALID' } });
    expect(answered.body.result).toMatchObject({ structuredContent: { status: 204 } });
  });

  it('does not take an answer without the question', async () => {
    const { body } = await post('tools/call', { ...aDeletion(), inputResponses: yes });
    expect(body.result).toMatchObject({ resultType: 'input_required' });
  });

  it('asks again when the workflow has changed since', async () => {
    const run = { name: 'run_start', arguments: { workflow_id: 'drop' } };
    await save('ord_1');
    const { result } = (await post('tools/call', run)).body;
    await save('ord_2');
    const again = { ...run, requestState: result?.requestState, inputResponses: yes };
    const { body } = await post('tools/call', again);
    expect(body.result).toMatchObject({ resultType: 'input_required' });
    const agreed = { ...run, requestState: body.result?.requestState, inputResponses: yes };
    expect((await post('tools/call', agreed)).body.result).toMatchObject({
      structuredContent: { workflow_id: 'drop', status: 'pending' },
    });
  });

  it.each([
    ['other signature', (state: string) => `${state.slice(0, -2)}AA`],
    ['other content', (state: string) => `A${state}`],
    ['nothing', () => ''],
    ['more parts', (state: string) => `${state}.x`],
  ])('refuses a state with %s', async (_, change) => {
    const { requestState } = await ask();
    const call = { ...aDeletion(), requestState: change(requestState), inputResponses: yes };
    expect((await post('tools/call', call)).body.error).toMatchObject({
      code: -32_602,
      data: { error_code: 'ARGUMENT_INVALID' },
    });
  });

  it.each([{ confirmation: 'yes' }, { confirmation: { action: 'maybe' } }, {}, null])(
    'asks again after %j',
    async (inputResponses) => {
      const { requestState } = await ask();
      const { body } = await post('tools/call', { ...aDeletion(), requestState, inputResponses });
      expect(body.result).toMatchObject({ resultType: 'input_required' });
    },
  );
});

describe('a connection of its own', () => {
  it('may look for the newer revision and then speak the older', async () => {
    const { send, lines } = connect();
    send({ id: 1, method: 'server/discover', params: { _meta: envelope } });
    send({ id: 2, method: 'initialize', params: introduction });
    send({ id: 3, method: 'tools/list' });
    await expect.poll(lines, patience).toMatchObject([
      { id: 1, result: { supportedVersions: ['2026-07-28'], resultType: 'complete' } },
      { id: 2, result: { protocolVersion: '2025-11-25' } },
      { id: 3, result: { tools: expect.any(Array) } },
    ]);
  });

  it('keeps the newer revision once it has used it', async () => {
    const { send, lines } = connect();
    send({ id: 1, method: 'tools/list', params: { _meta: envelope } });
    send({ id: 2, method: 'initialize', params: introduction });
    send({ id: 3, method: 'tools/list' });
    await expect
      .poll(() => lines().toSorted(byId), patience)
      .toMatchObject([
        { id: 1, result: { resultType: 'complete' } },
        { id: 2, error: { code: -32_022 } },
        { id: 3, error: { code: -32_602 } },
      ]);
  });

  it('ends with its answers when the client closes its end', async () => {
    const { send, lines, input, ended } = connect();
    send({ id: 1, method: 'tools/call', params: { name: 'catalog_list', _meta: envelope } });
    input.end();
    await ended;
    expect(lines()).toMatchObject([{ id: 1, result: { structuredContent: {} } }]);
  });
});

// --- internal ---

const introduction = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
};
/** An SDK is loaded meanwhile. */
const patience = { timeout: 15_000 };
const yes = { confirmation: { action: 'accept', content: {} } };

function post(
  method: string,
  params: Record<string, unknown>,
  headers: Record<string, string | undefined> = {},
  url = server.url,
) {
  return postModern(url, method, params, headers);
}

async function ask(order?: string) {
  const { result } = (await post('tools/call', aDeletion(order))).body;
  if (!result?.requestState) throw new Error('nothing is asked');
  return { inputRequests: result.inputRequests, requestState: result.requestState };
}

async function save(order: string) {
  const steps = [{ id: 'drop', run: 'shop orders:delete', with: { order } }];
  await world.oatty.workflows.save({ content: { workflow: 'drop', steps }, overwrite: true });
}

function aDeletion(order = 'ord_1') {
  const args = { command_id: 'shop orders:delete', with: { order } };
  return { name: 'command_run_destructive', arguments: args };
}

function options() {
  return { oatty: world.oatty, version: '1', log: () => undefined };
}

function connect() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let text = '';
  output.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return {
    input,
    ended: serveStdio({ ...options(), input, output }),
    send: (message: object) => input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as RpcAnswer),
  };
}

function byId(first: RpcAnswer, second: RpcAnswer): number {
  return Number(first.id) - Number(second.id);
}
