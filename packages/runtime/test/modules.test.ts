import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineCatalog, defineCommand, OattyError } from '../src/index.ts';
import type { HandlerContext, ModuleCatalog } from '../src/index.ts';
import { importApi } from './an-api.ts';
import { aHome, openAt, openOatty, openShop } from './open-oatty.ts';

/** A catalog of notes that keeps what its handlers were given. */
function aNotebook(): {
  readonly notebook: ModuleCatalog;
  readonly contexts: HandlerContext[];
  readonly notes: string[];
} {
  const contexts: HandlerContext[] = [];
  const notes: string[] = [];
  const notebook = defineCatalog({
    title: 'Notebook',
    commands: {
      'notes:create': defineCommand({
        summary: 'Write a note.',
        effect: 'standard',
        input: z.object({ text: z.string().min(1), copies: z.int().default(1) }),
        output: z.object({ id: z.string(), count: z.int() }),
        handler: async ({ text, copies }, context) => {
          contexts.push(context);
          for (let copy = 0; copy < copies; copy += 1) notes.push(text);
          return { id: `note-${notes.length}`, count: notes.length };
        },
      }),
      'notes:list': defineCommand({
        summary: 'List notes.',
        effect: 'safe',
        input: z.object({}),
        listPath: '.',
        handler: async () => notes.map((text) => ({ id: text, title: text.toUpperCase() })),
      }),
      'notes:clear': defineCommand({
        summary: 'Throw all notes away.',
        effect: 'destructive',
        input: z.object({}),
        handler: async () => {
          throw new OattyError('RESOURCE_NOT_FOUND', 'There is nothing to throw away.');
        },
      }),
      hang: defineCommand({
        summary: 'Never answers.',
        effect: 'safe',
        input: z.object({}),
        handler: () => new Promise(() => {}),
      }),
      crash: defineCommand({
        summary: 'Fails in an unforeseen way.',
        effect: 'safe',
        input: z.object({}),
        handler: async () => {
          throw new TypeError('password=hunter2');
        },
      }),
    },
  });
  return { notebook, contexts, notes };
}

describe('a catalog written in TypeScript', () => {
  it('is listed, shown and searched like any other', async () => {
    const { notebook } = aNotebook();
    const oatty = await openOatty({ modules: [notebook] });
    expect((await oatty.catalogs.list()).items).toMatchObject([
      { catalog_id: 'notebook', vendor: 'notebook', kind: 'module', enabled: true, command_count: 5 },
    ]);
    expect((await oatty.catalogs.show('notebook')).commands).toHaveLength(5);
    expect((await oatty.commands.search('write a note')).items[0]).toMatchObject({
      id: 'notebook notes:create',
      catalog_id: 'notebook',
      effect: 'standard',
    });
  });

  it('has no settings to change', async () => {
    const oatty = await openOatty({ modules: [aNotebook().notebook] });
    const refused = { code: 'ARGUMENT_INVALID', options: { context: { catalog_id: 'notebook' } } };
    await expect(oatty.catalogs.setEnabled('notebook', false)).rejects.toMatchObject(refused);
    await expect(oatty.catalogs.setBaseUrl('notebook', 'https://x.test')).rejects.toMatchObject(refused);
    await expect(oatty.catalogs.editHeaders('notebook', {})).rejects.toMatchObject(refused);
    await expect(oatty.catalogs.setAuth('notebook', 'key', undefined)).rejects.toMatchObject(refused);
    await expect(oatty.catalogs.remove('notebook')).rejects.toMatchObject(refused);
    await expect(oatty.secrets.bind('TOKEN', 'notebook')).rejects.toMatchObject(refused);
    await expect(oatty.secrets.set('TOKEN', 'x', { catalogId: 'notebook' })).rejects.toMatchObject(refused);
  });

  it('cannot have the id of another catalog, nor one of its commands', async () => {
    const { notebook } = aNotebook();
    const conflict = { code: 'CATALOG_CONFLICT' };
    await expect(openOatty({ modules: [notebook, aNotebook().notebook] })).rejects.toMatchObject(conflict);
    const twin = defineCatalog({
      title: 'Another Notebook',
      vendor: 'notebook',
      commands: {
        hang: defineCommand({ summary: '', effect: 'safe', input: z.object({}), handler: async () => 1 }),
      },
    });
    await expect(openOatty({ modules: [notebook, twin] })).rejects.toMatchObject(conflict);
    const { home } = await openShop();
    const shop = defineCatalog({ title: 'Shop API', vendor: 'other', commands: {} });
    await expect(openAt(home, { modules: [shop] })).rejects.toMatchObject(conflict);
  });

  it('is not overlaid by an import', async () => {
    const home = await aHome();
    const command = defineCommand({
      summary: '',
      effect: 'safe',
      input: z.object({}),
      handler: async () => 1,
    });
    const sameId = defineCatalog({ title: 'Notes', vendor: 'x', commands: { list: command } });
    const sameCommand = defineCatalog({ title: 'X', vendor: 'notes', commands: { 'notes:list': command } });
    for (const module of [sameId, sameCommand]) {
      const oatty = await openAt(home, { modules: [module] });
      const importing = importApi(oatty, home, {});
      await expect(importing).rejects.toMatchObject({ code: 'CATALOG_CONFLICT' });
    }
  });
});

describe('a command written in TypeScript', () => {
  it('gets what its schema makes of the arguments, and who calls', async () => {
    const { notebook, contexts, notes } = aNotebook();
    const oatty = await openOatty({ modules: [notebook] });
    const caller = { principal: 'ada', via: 'mcp' } as const;
    const result = await oatty.commands.run('notebook notes:create', {
      with: { text: 'a', copies: '2' },
      coerce: true,
      caller,
    });
    expect(result).toEqual({ status: 200, headers: {}, body: { id: 'note-2', count: 2 } });
    expect(notes).toEqual(['a', 'a']);
    expect(contexts).toMatchObject([{ caller, signal: expect.any(AbortSignal) }]);
    expect(contexts[0]).not.toHaveProperty('runId');
  });

  it('hears of an admin on the command line only when that is asked for', async () => {
    const { notebook, contexts } = aNotebook();
    const home = await aHome();
    const note = { with: { text: 'a' } };
    for (const role of ['', 'root', 'admin']) {
      const env = { ...home.env, OATTY_LOCAL_ROLE: role };
      const oatty = await openAt({ ...home, env }, { modules: [notebook] });
      await oatty.commands.run('notebook notes:create', note);
      await oatty.commands.run('notebook notes:create', {
        ...note,
        caller: { principal: 'ada', via: 'mcp' },
      });
    }
    const roles = contexts.map(({ caller }) => caller.role ?? 'none');
    expect(roles).toEqual(['none', 'none', 'none', 'none', 'admin', 'none']);
  });

  it('is checked like any other before its handler is called', async () => {
    const { notebook, notes } = aNotebook();
    const oatty = await openOatty({ modules: [notebook] });
    for (const given of [{}, { text: 5 }, { text: '' }, { text: 'a', more: 1 }]) {
      await expect(oatty.commands.run('notebook notes:create', { with: given })).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
    }
    await expect(oatty.commands.run('notebook notes:create', { body: { text: 'a' } })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(notes).toEqual([]);
  });

  it('fails with its own error, or with one that tells nothing', async () => {
    const oatty = await openOatty({ modules: [aNotebook().notebook] });
    await expect(oatty.commands.run('notebook notes:clear')).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      options: { command: 'notebook notes:clear' },
    });
    const failure = await oatty.commands
      .run('notebook crash')
      .catch((thrown: OattyError) => thrown.toPayload());
    expect(failure).toMatchObject({ error_code: 'INTERNAL' });
    expect(JSON.stringify(failure)).not.toContain('hunter2');
  });

  it('is left alone when its call is aborted', async () => {
    const oatty = await openOatty({ modules: [aNotebook().notebook] });
    const signal = AbortSignal.abort();
    await expect(oatty.commands.run('notebook hang', { signal })).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('obeys the policy and is audited', async () => {
    const events: unknown[] = [];
    const oatty = await openOatty({
      modules: [aNotebook().notebook],
      policy: {
        decide: async ({ effect }) =>
          effect === 'destructive' ? { kind: 'deny', reason: 'No.' } : { kind: 'allow' },
      },
      audit: { record: async (event) => void events.push(event) },
    });
    await oatty.commands.run('notebook notes:list');
    await expect(oatty.commands.run('notebook notes:clear')).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    expect(events).toMatchObject([
      { command_id: 'notebook notes:list', effect: 'safe', outcome: 'succeeded' },
      { command_id: 'notebook notes:clear', effect: 'destructive', decision: 'deny', outcome: 'refused' },
    ]);
  });

  it('is a step and a provider of workflows', async () => {
    const { notebook, contexts } = aNotebook();
    const oatty = await openOatty({ modules: [notebook] });
    const manifest = `
workflow: copy_note
inputs: { note: { type: string, provider: notebook notes:list } }
steps:
  - { id: write, run: notebook notes:create, with: { text: '\${{ inputs.note }}', copies: 2 } }
final_output: \${{ steps.write.count }}
`;
    await oatty.commands.run('notebook notes:create', { with: { text: 'a' } });
    const { choices } = await oatty.workflows.resolveInputs({ manifest });
    expect(choices).toEqual({ note: [{ value: 'a', label: 'A' }] });
    const handle = await oatty.runs.start({ workflow: { manifest }, inputs: { note: 'a' } });
    expect(await handle.wait()).toMatchObject({ status: 'succeeded', final_output: 3 });
    expect(contexts[1]).toMatchObject({ runId: handle.run_id, idempotencyKey: expect.any(String) });
  });

  it('knows in a run what the caller may see, and not what the caller is called', async () => {
    const { notebook, contexts } = aNotebook();
    const oatty = await openOatty({ modules: [notebook] });
    const ada = { principal: 'ada', via: 'mcp', role: 'admin' } as const;
    const manifest = 'workflow: w\nsteps: [{ id: write, run: notebook notes:create, with: { text: a } }]\n';
    const caller = { ...ada, name: 'Ada', email: 'ada@example.com' };
    const handle = await oatty.runs.start({ workflow: { manifest }, caller });
    await handle.wait();
    expect(contexts[0]?.caller).toEqual(ada);
    expect((await oatty.runs.inspect(handle.run_id)).caller).toEqual(ada);
  });

  it('has its arguments checked when a workflow is validated', async () => {
    const oatty = await openOatty({ modules: [aNotebook().notebook] });
    const manifest = 'workflow: w\nsteps: [{ id: a, run: notebook notes:create, with: { copies: many } }]\n';
    expect(await oatty.workflows.validate({ manifest })).toMatchObject({
      valid: false,
      violations: [{ rule: 'parameter_missing' }, { rule: 'parameter_type', path: '$.steps[0].with.copies' }],
    });
  });
});
