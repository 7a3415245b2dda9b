import { isInitializeRequest, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it } from 'vitest';
import { requireMessage } from './parse-message.ts';

describe('requireMessage', () => {
  it('agrees with the SDK about what a message is', () => {
    const values = messages().map((value): unknown => JSON.parse(JSON.stringify(value)));
    const taken = values.filter(
      (value) => JSONRPCMessageSchema.safeParse(value).success && isIntroduction(value),
    );
    expect(values.filter(passes)).toEqual(taken);
    expect(taken.length).toBeGreaterThan(20);
  });
});

// --- internal ---

function passes(value: unknown): boolean {
  try {
    return requireMessage(value) === value;
  } catch {
    return false;
  }
}

function isIntroduction(value: unknown): boolean {
  const { method, id } = value as { method?: unknown; id?: unknown };
  return method !== 'initialize' || id === undefined || isInitializeRequest(value);
}

function messages(): unknown[] {
  const [call, result, error] = [
    { jsonrpc: '2.0', id: 1, method: 'ping' },
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'no' } },
  ];
  const client = { name: 'a', version: '1' };
  const introduction = { protocolVersion: '1', capabilities: {}, clientInfo: client };
  const initialize = { ...call, method: 'initialize' };
  return [
    call,
    result,
    error,
    null,
    1,
    'x',
    [],
    [call],
    {},
    ...[call, result, error].flatMap((message) => [
      { ...message, jsonrpc: '1.0' },
      { ...message, extra: 1 },
      ...[undefined, null, 'a', '', 1.5, {}].map((id) => ({ ...message, id })),
    ]),
    ...[null, [], 'x', {}, { a: 1 }].map((params) => ({ ...call, params })),
    ...[null, {}, { progressToken: 'a' }, { progressToken: 2 }, { progressToken: 1.5 }].map((_meta) => {
      return { ...call, params: { _meta } };
    }),
    ...[{}, { taskId: 1 }, { taskId: 'a' }, null].map((task) => {
      return { ...call, params: { _meta: { 'io.modelcontextprotocol/related-task': task } } };
    }),
    { ...call, method: 1 },
    { ...call, result: {} },
    ...[null, [], 'x', { _meta: 1 }, { _meta: {} }].map((value) => ({ ...result, result: value })),
    ...[null, {}, { code: 1 }, { code: 1.5, message: 'x' }, { code: 1, message: 'x', data: {} }].map(
      (value) => {
        return { ...error, error: value };
      },
    ),
    ...[undefined, {}, introduction, { ...introduction, clientInfo: { name: 'a' } }].map((params) => {
      return { ...initialize, params };
    }),
    { ...initialize, params: { ...introduction, protocolVersion: 1 } },
    { ...initialize, params: { ...introduction, capabilities: [] } },
    { jsonrpc: '2.0', method: 'initialize' },
  ];
}
