import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { CommandResult, Workflow, WorkflowInput } from '@oatty/types';
import { createCommands } from '../../test/shop-commands.ts';
import { ProviderCache } from './provider-cache.ts';
import { resolveInputs } from './resolve-inputs.ts';
import type { InputWorld } from './resolve-inputs.ts';

function aWorkflow(inputs: Readonly<Record<string, WorkflowInput>>): Workflow {
  return { workflow: 'test', inputs, steps: [{ id: 'a', run: 'shop orders:list' }] };
}

interface World extends InputWorld {
  readonly calls: readonly Parameters<InputWorld['runProvider']>[];
  nowMs: number;
}

/** A world in which only what a test names exists; providers answer with `answer`. */
function aWorld(
  parts: Partial<Pick<InputWorld, 'history' | 'lastOutput'>> & {
    env?: Readonly<Record<string, string>>;
    answer?: () => unknown;
  } = {},
): World {
  const calls: Parameters<InputWorld['runProvider']>[] = [];
  const world: World = {
    calls,
    nowMs: 0,
    commands: createCommands(),
    env: { get: (name) => parts.env?.[name], isAllowed: () => true },
    clock: { now: () => new Date(world.nowMs) },
    providerCache: new ProviderCache(),
    caller: { principal: 'ann', via: 'library' },
    history: parts.history ?? (async () => undefined),
    lastOutput: parts.lastOutput ?? (async () => undefined),
    async runProvider(...call): Promise<CommandResult> {
      calls.push(call);
      return { status: 200, headers: {}, body: parts.answer?.() ?? null };
    },
  };
  return world;
}

async function resolve(
  inputs: Readonly<Record<string, WorkflowInput>>,
  given: Readonly<Record<string, unknown>> = {},
  world: InputWorld = aWorld(),
) {
  return resolveInputs(aWorkflow(inputs), given, world);
}

describe('resolveInputs', () => {
  it('converts what is given and sets the rest to null or to its default', async () => {
    const resolution = await resolve(
      {
        count: { type: 'integer' },
        note: { optional: true },
        size: { default: { from: 'literal', value: 'small' } },
      },
      { count: '3' },
    );
    expect(resolution).toMatchObject({
      ready: true,
      resolved: { count: 3, note: null, size: 'small' },
      missing: [],
      violations: [],
    });
  });

  it('takes null as a value of optional inputs only', async () => {
    const fallback = { default: { from: 'literal', value: 'x' } } as const;
    const resolution = await resolve(
      { a: { optional: true, ...fallback }, b: fallback, c: {} },
      { a: null, b: null, c: null },
    );
    expect(resolution.resolved).toEqual({ a: null, b: 'x' });
    expect(resolution.missing.map(({ input }) => input)).toEqual(['c']);
  });

  it('says what is missing and what it should be', async () => {
    const { ready, missing } = await resolve({
      size: { description: 'How large', type: 'string', enum: ['s', 'l'] },
      code: { optional: true, validate: { required: true } },
    });
    expect(ready).toBe(false);
    expect(missing).toEqual([
      { input: 'size', description: 'How large', type: 'string', secret: false, enum: ['s', 'l'] },
      { input: 'code', description: null, type: null, secret: false },
    ]);
  });

  it('reports every wrong value and every unknown name', async () => {
    const { ready, violations, resolved } = await resolve(
      { count: { type: 'integer', validate: { maximum: 3 } }, id: { validate: { pattern: '^o_' } } },
      { count: 7, id: 'x', cuont: 1 },
    );
    expect(ready).toBe(false);
    expect(resolved).toEqual({});
    expect(violations).toMatchObject([
      { path: '$.inputs.cuont', rule: 'unknown_input', suggestion: 'Did you mean "count"?' },
      { path: '$.inputs.count', rule: 'validation', expected: 3, actual: 7 },
      { path: '$.inputs.id', rule: 'validation', expected: '^o_', actual: 'x' },
    ]);
  });

  it('keeps secret values to the result', async () => {
    const inputs = { key: { secret: true, type: 'integer' } } as const;
    const { secret_names, violations } = await resolve(inputs, { key: 's3cret' });
    expect([...secret_names]).toEqual(['key']);
    expect(JSON.stringify(violations)).not.toContain('s3cret');
    expect((await resolve(inputs, { key: '42' })).resolved).toEqual({ key: 42 });
  });

  it('takes names of object members for ordinary names', async () => {
    const { violations, resolved } = await resolve({ a: { optional: true } }, JSON.parse('{"__proto__": 1}'));
    expect(violations.map(({ rule }) => rule)).toEqual(['unknown_input']);
    expect(resolved).toEqual({ a: null });
  });
});

function fromOutput(workflow: string, path: string): Readonly<Record<string, WorkflowInput>> {
  return { a: { default: { from: 'workflow_output', value: { workflow, path } } } };
}

describe('defaults', () => {
  it('may read other inputs, wherever those are declared', async () => {
    const { resolved } = await resolve(
      {
        greeting: { default: { from: 'literal', value: 'Hello ${{ inputs.name }}' } },
        name: { default: { from: 'literal', value: '${{ env.USER_NAME }}' } },
      },
      {},
      aWorld({ env: { USER_NAME: 'Ada' } }),
    );
    expect(resolved).toEqual({ greeting: 'Hello Ada', name: 'Ada' });
  });

  it('come from the environment, converted to the type', async () => {
    const inputs = { port: { type: 'integer', default: { from: 'env', value: 'PORT' } } } as const;
    expect((await resolve(inputs, {}, aWorld({ env: { PORT: '80' } }))).resolved).toEqual({ port: 80 });
    expect((await resolve(inputs)).missing[0]?.reason).toBe('the environment variable PORT is not set');
    expect((await resolve(inputs, {}, aWorld({ env: { PORT: 'x' } }))).violations).toHaveLength(1);
  });

  it('come from the last value that was used', async () => {
    const world = aWorld({ history: async (workflow, input) => `${workflow}.${input}` });
    expect((await resolve({ a: { default: { from: 'history' } } }, {}, world)).resolved).toEqual({
      a: 'test.a',
    });
  });

  it('come from history as they were made of several values', async () => {
    const world = aWorld({ history: async () => "'a'; 'b'" });
    const join = { separator: '; ', wrap_each: "'" };
    const inputs = { a: { mode: 'multiple', join, default: { from: 'history' } } } as const;
    expect((await resolve(inputs, {}, world)).resolved).toEqual({ a: "'a'; 'b'" });
  });

  it('read secret inputs only for secret inputs', async () => {
    const inputs = {
      key: { secret: true },
      bearer: { secret: true, default: { from: 'literal', value: 'Bearer ${{ inputs.key }}' } },
      shown: { optional: true, default: { from: 'literal', value: '${{ inputs.key }}' } },
      all: { default: { from: 'literal', value: '${{ keys(inputs) }}' } },
    } as const;
    expect((await resolve(inputs, { key: 's3cret' })).resolved).toEqual({
      key: 's3cret',
      bearer: 'Bearer s3cret',
      shown: null,
      all: ['shown'],
    });
  });

  it('are not taken from the history of a secret', async () => {
    const world = aWorld({ history: async () => '[secret]' });
    const { missing } = await resolve({ a: { secret: true, default: { from: 'history' } } }, {}, world);
    expect(missing.map(({ input }) => input)).toEqual(['a']);
  });

  it('come from the output of another workflow', async () => {
    const world = aWorld({
      lastOutput: async (id) => (id === 'ship' ? { orders: [{ id: 'o1' }] } : undefined),
    });
    expect((await resolve(fromOutput('ship', 'orders[0].id'), {}, world)).resolved).toEqual({ a: 'o1' });
    expect((await resolve(fromOutput('ship', 'orders[1].id'), {}, world)).missing).toHaveLength(1);
    expect((await resolve(fromOutput('other', ''), {}, world)).missing).toHaveLength(1);
  });

  it('that read an input without a value are none', async () => {
    const { missing } = await resolve({
      a: {},
      b: { default: { from: 'literal', value: '${{ inputs.a }}' } },
    });
    expect(missing.map(({ input, reason }) => [input, reason !== undefined])).toEqual([
      ['a', false],
      ['b', true],
    ]);
  });

  it('are not looked up for inputs that are given', async () => {
    const world = aWorld({ history: () => Promise.reject(new OattyError('STORAGE_FAILED', 'no')) });
    const { ready } = await resolve({ a: { default: { from: 'history' } } }, { a: 1 }, world);
    expect(ready).toBe(true);
  });
});

function answer() {
  return { items: [{ id: 'o1', name: 'First' }, { id: 'o2' }] };
}

describe('providers', () => {
  const order = { provider: 'shop orders:list' } as const;

  it('offer choices and never choose', async () => {
    const world = aWorld({ answer: () => ({ items: [{ id: 'o1' }] }) });
    const resolution = await resolve({ order }, {}, world);
    expect(resolution.ready).toBe(false);
    expect(resolution.choices).toEqual({ order: [{ value: 'o1', label: 'o1' }] });
    expect(resolution.missing[0]?.choices).toEqual(resolution.choices.order);
    expect(resolution.provider_resolutions).toEqual([
      { input: 'order', argument: null, source: 'manual', outcome: { status: 'prompt', choices: 1 } },
    ]);
  });

  it('run only for required inputs without a value', async () => {
    const world = aWorld({ answer });
    const inputs = {
      given: order,
      optional: { ...order, optional: true },
      fallback: { ...order, default: { from: 'literal', value: 'o1' } },
    } as const;
    expect((await resolve(inputs, { given: 'o1' }, world)).ready).toBe(true);
    expect(world.calls).toEqual([]);
  });

  it('get their arguments from the manifest and from other inputs', async () => {
    const world = aWorld({ answer });
    const { provider_resolutions } = await resolve(
      {
        order: {
          ...order,
          provider_args: { status: 'open', limit: '${{ 1 + 1 }}' },
          depends_on: { customer: { from_input: 'customer', path: 'id' }, status: 'ignored' },
        },
        customer: { type: 'object' },
      },
      { customer: { id: 'c1' } },
      world,
    );
    expect(world.calls).toEqual([
      ['shop orders:list', { status: 'open', limit: 2, customer: 'c1' }, new Set()],
    ]);
    expect(provider_resolutions.map(({ argument, outcome }) => [argument, outcome.status])).toEqual([
      ['status', 'resolved'],
      ['limit', 'resolved'],
      ['customer', 'resolved'],
      [null, 'prompt'],
    ]);
  });

  it.each([
    [{ from_input: 'other' }, 'prompt', 0],
    [{ from_input: 'other', on_missing: 'prompt' }, 'prompt', 0],
    [{ from_input: 'other', required: true }, 'error', 0],
    [{ from_input: 'other', on_missing: 'fail' }, 'error', 0],
    [{ from_input: 'other', required: true, on_missing: 'skip' }, 'skip', 1],
    [{ from_step: 'a' }, 'prompt', 0],
    ['${{ inputs.other }}', 'prompt', 0],
  ] as const)('an argument %j without a value is %s', async (binding, status, calls) => {
    const world = aWorld({ answer });
    const { provider_resolutions, ready } = await resolve(
      { order: { ...order, depends_on: { customer: binding } }, other: { optional: true } },
      {},
      world,
    );
    expect(ready).toBe(false);
    expect(provider_resolutions[0]).toMatchObject({ argument: 'customer', outcome: { status } });
    expect(world.calls).toHaveLength(calls);
  });

  it('wait for the inputs that they depend on', async () => {
    const world = aWorld({ answer });
    const { provider_resolutions, missing } = await resolve(
      { order: { ...order, depends_on: { customer: '${{ inputs.customer }}' } }, customer: {} },
      {},
      world,
    );
    expect(missing.map(({ input }) => input)).toEqual(['customer', 'order']);
    expect(provider_resolutions).toMatchObject([{ argument: 'customer', outcome: { status: 'prompt' } }]);
    expect(world.calls).toEqual([]);
  });

  it('do not show what secret inputs gave them', async () => {
    const world = aWorld({ answer });
    const { provider_resolutions } = await resolve(
      {
        order: { ...order, depends_on: { a: '${{ inputs.key }}', b: { from_input: 'key' } } },
        key: { secret: true },
      },
      { key: 's3cret' },
      world,
    );
    expect(world.calls[0]?.slice(1)).toEqual([{ a: 's3cret', b: 's3cret' }, new Set(['s3cret'])]);
    expect(JSON.stringify(provider_resolutions)).not.toContain('s3cret');
  });

  it('are asked again only after cache_ttl_sec', async () => {
    const world = aWorld({ answer });
    const inputs = { order: { ...order, cache_ttl_sec: 60 } };
    await resolve(inputs, {}, world);
    world.nowMs = 59_999;
    expect((await resolve(inputs, {}, world)).choices.order).toHaveLength(2);
    expect(world.calls).toHaveLength(1);
    world.nowMs = 60_000;
    await resolve(inputs, {}, world);
    expect(world.calls).toHaveLength(2);
    await resolve({ order }, {}, world);
    await resolve({ order }, {}, world);
    expect(world.calls).toHaveLength(4);
  });

  it.each([
    { principal: 'eve', via: 'library' },
    { principal: 'ann', via: 'mcp' },
    { principal: 'ann', via: 'library', role: 'admin' },
  ] as const)('are asked anew for another caller: %j', async (other) => {
    const ann = aWorld({ answer });
    const inputs = { order: { ...order, cache_ttl_sec: 60, on_error: 'cached' } } as const;
    await resolve(inputs, {}, ann);
    const denied = aWorld({
      answer: () => {
        throw new OattyError('POLICY_DENIED', 'Not for everybody.');
      },
    });
    const { choices } = await resolve(
      inputs,
      {},
      { ...denied, providerCache: ann.providerCache, caller: other },
    );
    expect(choices).toEqual({});
    expect(denied.calls).toHaveLength(1);
  });

  it.each([
    [undefined, 'prompt', undefined],
    ['manual', 'prompt', undefined],
    ['cached', 'prompt', 2],
    ['fail', 'error', undefined],
  ] as const)('that fail with on_error %s give %s', async (on_error, status, choices) => {
    let isDown = false;
    const world = aWorld({
      answer: () => {
        if (isDown) throw new OattyError('NETWORK_ERROR', 'The shop is down.');
        return answer();
      },
    });
    const inputs = { order: { ...order, ...(on_error && { on_error }) } };
    await resolve(inputs, {}, world);
    isDown = true;
    const { provider_resolutions, ready, missing } = await resolve(inputs, {}, world);
    expect(ready).toBe(false);
    expect(missing[0]?.reason).toBe('The shop is down.');
    expect(provider_resolutions[0]?.outcome).toEqual({
      status,
      reason: 'The shop is down.',
      ...(choices !== undefined && { choices }),
    });
  });

  it('that fail before they ever answered leave the value to the person', async () => {
    const world = aWorld({
      answer: () => {
        throw new OattyError('NETWORK_ERROR', 'The shop is down.');
      },
    });
    const { provider_resolutions } = await resolve({ order: { ...order, on_error: 'cached' } }, {}, world);
    expect(provider_resolutions[0]?.outcome.status).toBe('prompt');
  });
});

describe('ProviderCache', () => {
  it('keeps a bounded number of answers', () => {
    const cache = new ProviderCache(2);
    for (const key of ['a', 'b', 'c']) cache.set(key, { atMs: 0, choices: [] });
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([false, true, true]);
  });
});
