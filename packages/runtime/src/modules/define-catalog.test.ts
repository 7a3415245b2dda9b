import { describe, expect, it } from 'vitest';
import { z as z3 } from 'zod/v3';
import * as z from 'zod';
import { defineCommand } from '@oatty/types';
import { defineCatalog } from './define-catalog.ts';
import { createModuleExecutor } from './module-executor.ts';
import type { CommandCall } from '@oatty/engine';

const notes = defineCatalog({
  title: 'My Notes',
  commands: {
    create: defineCommand({
      summary: 'Write a note.',
      effect: 'standard',
      input: z.object({
        text: z.string().min(1).describe('What it says.'),
        tags: z.array(z.string()).default([]),
      }),
      output: z.object({ id: z.string(), tags: z.array(z.string()) }),
      handler: async ({ text, tags }) => ({ id: `note-${text.length}`, tags }),
    }),
    'old:create': defineCommand({
      summary: 'Write a note, with a schema of zod 3.',
      effect: 'standard',
      input: z3.object({ text: z3.string().min(1), pages: z3.number().int().optional() }),
      output: z3.object({ id: z3.string() }),
      handler: async ({ text, pages }) => ({ id: `${text}-${pages ?? 1}` }),
    }),
    broken: defineCommand({
      summary: 'Answers what its schema does not allow.',
      effect: 'safe',
      input: z.object({}),
      output: z.object({ id: z.string() }),
      handler: async () => ({ id: 5 as unknown as string }),
    }),
  },
});

describe('defineCatalog', () => {
  it('makes a catalog whose id and vendor come from the title', () => {
    expect(notes.manifest).toMatchObject({
      id: 'my-notes',
      vendor: 'my-notes',
      kind: 'module',
      format_version: 1,
    });
    expect(notes.manifest.commands.map(({ id }) => id)).toEqual([
      'my-notes broken',
      'my-notes create',
      'my-notes old:create',
    ]);
  });

  it('makes a parameter of each property of a zod 4 schema', () => {
    const create = notes.manifest.commands.find(({ id }) => id === 'my-notes create');
    expect(create?.parameters).toEqual([
      {
        name: 'text',
        in: 'body',
        required: true,
        description: 'What it says.',
        schema: { type: 'string', minLength: 1, description: 'What it says.' },
      },
      {
        name: 'tags',
        in: 'body',
        required: false,
        schema: { type: 'array', items: { type: 'string' }, default: [] },
      },
    ]);
  });

  it('makes the same of a zod 3 schema', () => {
    const create = notes.manifest.commands.find(({ id }) => id === 'my-notes old:create');
    expect(create?.parameters).toEqual([
      { name: 'text', in: 'body', required: true, schema: { type: 'string', minLength: 1 } },
      { name: 'pages', in: 'body', required: false, schema: { type: 'integer' } },
    ]);
  });

  it('keeps parts that refer to themselves by reference', () => {
    const Node = z.object({
      name: z.string(),
      get children() {
        return z.array(Node);
      },
    });
    const { manifest } = defineCatalog({
      title: 'Tree',
      commands: {
        plant: defineCommand({
          summary: 'Plant.',
          effect: 'standard',
          input: z.object({ root: Node }),
          handler: async () => null,
        }),
      },
    });
    const [root] = manifest.commands[0]?.parameters ?? [];
    const [name, schema] = Object.entries(manifest.schemas)[0] ?? [];
    expect(root?.schema.$ref).toBe(`#/schemas/${name}`);
    expect(schema?.properties?.['children']?.items?.$ref).toBe(`#/schemas/${name}`);
  });

  it.each([
    { title: '???', commands: {} },
    { title: 'Fine', vendor: 'Not Fine', commands: {} },
    { title: 'Workflow', commands: {} },
    {
      title: 'Fine',
      commands: {
        'Not fine': defineCommand({
          summary: '',
          effect: 'safe',
          input: z.object({}),
          handler: async () => null,
        }),
      },
    },
    {
      title: 'Fine',
      commands: {
        list: defineCommand({
          summary: '',
          effect: 'safe',
          input: z.string() as never,
          handler: async () => null,
        }),
      },
    },
    {
      title: 'Fine',
      commands: {
        list: defineCommand({ summary: '', effect: 'safe', input: {} as never, handler: async () => null }),
      },
    },
  ])('refuses what makes no command %#', (definition) => {
    expect(() => defineCatalog(definition)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });
});

describe('the executor of modules', () => {
  const call = (id: string, given: Record<string, unknown>): CommandCall => {
    const command = notes.manifest.commands.find((candidate) => candidate.id === id);
    if (command === undefined) throw new TypeError(id);
    return {
      found: {
        command,
        catalog: {
          id: 'my-notes',
          title: 'My Notes',
          vendor: 'my-notes',
          enabled: true,
          secrets: [],
          idempotency: { header: null, honoured: false },
        },
        schemas: {},
      },
      arguments: { with: given },
      caller: { principal: 'local', via: 'library' },
      signal: new AbortController().signal,
      secrets: new Set(),
      confirmed: false,
    };
  };
  const executor = createModuleExecutor([notes]);

  it('gives the handler what the schema made of the input', async () => {
    const result = await executor.execute(call('my-notes create', { text: 'abc' }));
    expect(result).toEqual({ status: 200, headers: {}, body: { id: 'note-3', tags: [] } });
    expect((await executor.execute(call('my-notes old:create', { text: 'a' }))).body).toEqual({ id: 'a-1' });
  });

  it('refuses an input that the schema refuses, before the handler', async () => {
    await expect(executor.execute(call('my-notes create', { text: '' }))).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { violations: [expect.objectContaining({ path: '$.with.text' })] },
    });
  });

  it('does not pass on an answer that the output schema refuses', async () => {
    await expect(executor.execute(call('my-notes broken', {}))).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
    });
  });
});
