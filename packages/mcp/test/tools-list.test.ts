import type { Oatty } from '@oatty/runtime';
import { describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';

describe('tools/list', () => {
  it('looks at nothing but which catalogs are enabled', async () => {
    const client = await connectInMemory({ oatty: untouchable(), version: '1', log: () => undefined });
    const { tools } = await client.client.listTools();
    expect(tools.map(({ name }) => name).slice(0, 3)).toEqual([
      'workflow_list',
      'workflow_get',
      'workflow_validate',
    ]);
  });

  it('has dots when asked', async () => {
    const options = {
      oatty: untouchable(),
      version: '1',
      log: () => undefined,
      toolNames: 'dotted' as const,
    };
    const client = await connectInMemory(options);
    const { tools } = await client.client.listTools();
    expect(tools[0]).toMatchObject({ name: 'workflow.list', _meta: { 'oatty/name': 'workflow.list' } });
    expect(client.client.getInstructions()).toContain('workflow.validate');
  });

  it('has one page', async () => {
    const client = await connectInMemory({ oatty: untouchable(), version: '1', log: () => undefined });
    for (const method of ['tools/list', 'prompts/list', 'resources/templates/list']) {
      const error = await client.refusal(method, { cursor: 'next' });
      expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
    }
  });
});

describe('a request that is malformed', () => {
  it.each([
    ['tools/call', {}],
    ['tools/call', { name: 'workflow_list', arguments: 'none' }],
    ['tools/call', { name: 7 }],
    ['tasks/get', {}],
    ['resources/read', { uri: null }],
    ['completion/complete', { ref: { type: 'ref/tool', name: 'x' }, argument: { name: 'a', value: '' } }],
    ['prompts/get', { name: 'workflow.author', arguments: { goal: 7 } }],
    ['resources/subscribe', {}],
  ])('%s with %j is invalid', async (method, params) => {
    const client = await connectInMemory({ oatty: untouchable(), version: '1', log: () => undefined });
    const error = await client.refusal(method, params);
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
    expect(error.message).toMatch(/^ARGUMENT_INVALID: The request is malformed\./);
  });

  it('with an unknown method is not found', async () => {
    const client = await connectInMemory({ oatty: untouchable(), version: '1', log: () => undefined });
    for (const method of ['roots/list', '__proto__']) {
      expect((await client.refusal(method)).code).toBe(-32_601);
    }
  });
});

// --- internal ---

function untouchable(): Oatty {
  return new Proxy({} as Oatty, {
    get(_, name) {
      if (name === 'watch') return () => ({ close: () => undefined });
      if (name === 'catalogs') return { list: async () => ({ items: [], problems: [] }) };
      throw new Error(`oatty.${String(name)} was used`);
    },
  });
}
