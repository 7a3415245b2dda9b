/** What is told to whoever watches from outside, and that nothing of it is loaded where nobody does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openCommandLine, outcomeOf } from './command-line.ts';

const trace = 'a'.repeat(32);
const caller = 'b'.repeat(16);

const session = [
  {
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  },
  { method: 'notifications/initialized' },
  {
    id: 2,
    method: 'tools/call',
    params: { name: 'workflow.list', arguments: {}, _meta: { traceparent: `00-${trace}-${caller}-01` } },
  },
  { id: 3, method: 'tools/call', params: { name: 'workflow_get', arguments: { workflow_id: 'none' } } },
  { id: 4, method: 'made/up', params: {} },
].map((message) => ({ jsonrpc: '2.0', ...message }));

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  traceparent: `00-${trace}-${caller}-01`,
  tracestate: 'vendor=1',
};

const modernSession = [
  { id: 1, method: 'tools/call', params: { name: 'workflow_list', arguments: {}, _meta: envelope } },
  {
    id: 2,
    method: 'prompts/get',
    params: { name: 'workflow.author', arguments: { goal: 'look' }, _meta: envelope },
  },
].map((message) => ({ jsonrpc: '2.0', ...message }));

describe('telemetry', () => {
  it('has a span for each request, by the conventions of MCP', async () => {
    await using receiver = await startReceiver();
    await using oatty = await openCommandLine();
    const stdin = toLines(session);
    const outcome = await oatty.binary.runWith({ stdin, env: receiver.env }, 'mcp');
    expect([outcome.exitCode, outcome.stdout.trim().split('\n').length]).toEqual([0, 4]);
    const spans = receiver.spans();
    expect(spans.find(({ name }) => name === 'tools/call workflow_list')).toMatchObject({
      traceId: trace,
      parentSpanId: caller,
      kind: 2,
      attributes: {
        'mcp.method.name': 'tools/call',
        'mcp.protocol.version': '2025-11-25',
        'gen_ai.tool.name': 'workflow_list',
        'gen_ai.operation.name': 'execute_tool',
      },
    });
    expect(spans.find(({ name }) => name === 'tools/call workflow_get')).toMatchObject({
      status: { code: 2 },
      attributes: { 'error.type': 'tool_error' },
    });
    expect(spans.find(({ name }) => name === 'unknown')?.attributes['error.type']).toBe('ARGUMENT_INVALID');
    expect(receiver.text()).not.toContain('made/up');
    expect(receiver.metrics()).toContainEqual({
      name: 'mcp.server.operation.duration',
      unit: 's',
      attributes: expect.objectContaining({
        'mcp.method.name': 'tools/call',
        'mcp.protocol.version': '2025-11-25',
        'gen_ai.tool.name': 'workflow_get',
        'gen_ai.operation.name': 'execute_tool',
        'error.type': 'tool_error',
      }),
    });
  });

  it('has the same for each request of the newer revision', async () => {
    await using receiver = await startReceiver();
    await using oatty = await openCommandLine();
    const stdin = toLines(modernSession);
    const outcome = await oatty.binary.runWith({ stdin, env: receiver.env }, 'mcp');
    expect([outcome.exitCode, outcome.stdout.trim().split('\n').length]).toEqual([0, 2]);
    const attributes = { 'mcp.protocol.version': '2026-07-28' };
    const within = { traceId: trace, parentSpanId: caller, traceState: 'vendor=1' };
    const spanOf = (name: string) => receiver.spans().find((span) => span.name === name);
    expect(spanOf('tools/call workflow_list')).toMatchObject({
      ...within,
      attributes: { ...attributes, 'gen_ai.operation.name': 'execute_tool' },
    });
    expect(spanOf('prompts/get workflow.author')).toMatchObject({
      ...within,
      attributes: { ...attributes, 'gen_ai.prompt.name': 'workflow.author' },
    });
  });

  it('has spans for a run and its steps, and nothing of what they work with', async () => {
    await using receiver = await startReceiver();
    await using oatty = await openCommandLine();
    const file = await oatty.write('w.yaml', aManifest);
    await oatty.run('import', description, '--vendor', 'shop', '--base-url', 'http://127.0.0.1:1');
    const outcome = await oatty.binary.runWith({ env: receiver.env }, 'run', file, '--input', 'who=hush');
    expect(outcome.exitCode).toBe(1);
    const run = receiver.spans().find(({ name }) => name === 'run watched');
    expect(run?.attributes).toMatchObject({
      'oatty.workflow.id': 'watched',
      'oatty.run.status': 'failed',
    });
    expect(receiver.spans().find(({ name }) => name === 'step ask')).toMatchObject({
      traceId: run?.traceId,
      parentSpanId: run?.spanId,
      attributes: { 'oatty.step.status': 'failed', 'error.type': 'NETWORK_ERROR' },
    });
    expect(receiver.text()).not.toContain('hush');
  });

  it.each([
    ['is not loaded', {}, false],
    ['is loaded where somebody listens', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, true],
    [
      'can be turned off',
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' },
      false,
    ],
  ])('%s', async (_, env, expected) => {
    await using oatty = await openCommandLine();
    const loaded = `${oatty.home}/loaded.json`;
    const hook = await oatty.write(
      'hook.cjs',
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify(Object.keys(require.cache))))`,
    );
    const server = oatty.start({ env, node: ['--require', hook] }, 'mcp');
    server.stdin.end(toLines(session.slice(0, 3)));
    const outcome = await outcomeOf(server);
    expect([outcome.exitCode, outcome.stderr]).toEqual([0, '']);
    const files = JSON.parse(await readFile(loaded, 'utf8')) as string[];
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(texts.some((text) => text.includes('v1/traces'))).toBe(expected);
  });
});

// --- internal ---

function toLines(messages: readonly object[]): string {
  return messages.map((message) => `${JSON.stringify(message)}\n`).join('');
}

const description = new URL('../../examples/shop-api/openapi.yaml', import.meta.url).pathname;

const aManifest = `
workflow: watched
inputs:
  who: { type: string }
steps:
  - id: ask
    run: shop orders:list
    with: { customer: '\${{ inputs.who }}' }
`;

interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly kind: number;
  readonly status: { readonly code?: number };
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Takes OTLP over HTTP, as JSON. */
async function startReceiver() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: url },
    text: () => bodies.join('\n'),
    spans: () => bodies.flatMap(readSpans),
    metrics: () => bodies.flatMap(readMetrics),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

type WireSpan = Omit<ReceivedSpan, 'attributes'> & { readonly attributes: readonly Attribute[] };

interface TraceBody {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

function readSpans(body: string): ReceivedSpan[] {
  const { resourceSpans = [] } = JSON.parse(body) as TraceBody;
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  return spans.map((span) => ({
    ...span,
    attributes: toAttributes(span.attributes),
  }));
}

interface MetricBody {
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly WireMetric[] }[];
  }[];
}

interface WireMetric {
  readonly name: string;
  readonly unit: string;
  readonly histogram?: { readonly dataPoints: readonly { readonly attributes: readonly Attribute[] }[] };
}

/** One for each set of attributes. */
function readMetrics(body: string) {
  const { resourceMetrics = [] } = JSON.parse(body) as MetricBody;
  const metrics = resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  return metrics.flatMap(({ name, unit, histogram }) =>
    (histogram?.dataPoints ?? []).map(({ attributes }) => ({
      name,
      unit,
      attributes: toAttributes(attributes),
    })),
  );
}

function toAttributes(attributes: readonly Attribute[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
