import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Oatty } from '../src/index.ts';
import { importApi } from './an-api.ts';
import { aHome, openAt, openOatty } from './open-oatty.ts';

describe('the tasks catalog', () => {
  it('is nowhere before it is enabled', async () => {
    const oatty = await openOatty();
    expect((await oatty.catalogs.list()).items).toEqual([]);
    const { items } = await oatty.commands.search('create a task');
    expect(items.filter(({ catalog_id }) => catalog_id === 'tasks')).toEqual([]);
    await expect(oatty.commands.run('tasks list')).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    expect(existsSync(oatty.paths.state)).toBe(false);
  });

  it('is named to whoever asks for one of its commands', async () => {
    const oatty = await openOatty();
    const suggestedAction = expect.stringContaining('oatty catalog enable tasks');
    for (const refusal of [oatty.commands.get('tasks list'), oatty.commands.run('tasks lst')])
      await expect(refusal).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND', suggestedAction });
    const manifest = `
      workflow: later
      inputs: { task: { type: string, provider: tasks list } }
      steps: [{ id: create, run: tasks create, with: { title: Write } }]`;
    const { violations } = await oatty.workflows.validate({ manifest });
    expect(violations.map(({ suggestion }) => suggestion)).toEqual([suggestedAction, suggestedAction]);
  });

  it('keeps its tasks in memory where everything is kept there', async () => {
    const home = await aHome();
    const oatty = await openAt(home, { store: 'memory' });
    await oatty.catalogs.setEnabled('tasks', true);
    expect((await oatty.commands.run('tasks list')).body).toMatchObject({ total: 0 });
    await oatty.commands.run('tasks create', { with: { title: 'Buy milk' } });
    expect((await oatty.commands.run('tasks list')).body).toMatchObject({ total: 1 });
    expect(existsSync(oatty.paths.state)).toBe(false);
    const other = await openAt(home, { store: 'memory' });
    expect((await other.commands.run('tasks list')).body).toMatchObject({ total: 0 });
  });

  it('says how a date is written when one is none', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    const title = 'Write';
    await expect(
      oatty.commands.run('tasks create', { with: { title, due: 'friday' } }),
    ).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: 'Parameter "due" of "tasks create" must be written like 2026-03-29 or 2026-03-29T09:00Z.',
    });
    const { body } = await oatty.commands.run('tasks bulk:create', {
      with: { tasks: [{ title, due: 'friday' }] },
    });
    expect(body).toMatchObject({
      results: [{ error: { message: 'due: Write a day as 2026-03-29, or a time as 2026-03-29T09:00Z.' } }],
    });
  });

  it('is a catalog like any other once it is enabled', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    expect(await oatty.catalogs.setEnabled('tasks', true)).toMatchObject({
      catalog_id: 'tasks',
      enabled: true,
    });
    expect((await oatty.catalogs.list()).items).toMatchObject([
      { catalog_id: 'tasks', vendor: 'tasks', kind: 'module', enabled: true, base_url: null },
    ]);
    expect((await oatty.commands.search('create a task')).items[0]?.id).toBe('tasks create');
    expect(existsSync(oatty.paths.state)).toBe(false);

    const created = await oatty.commands.run('tasks create', { with: { title: 'Buy milk' } });
    expect(created.body).toMatchObject({ task: { title: 'Buy milk' } });
    const other = await openAt(home);
    expect((await other.commands.run('tasks list')).body).toMatchObject({ tasks: [{ title: 'Buy milk' }] });
    const { items } = await other.commands.providers();
    expect(items).toMatchObject([
      { id: 'tasks integrations:history', select: { value_field: 'delivery_id', display_field: 'action' } },
      { id: 'tasks integrations:list', select: { value_field: 'name', display_field: 'title' } },
      { id: 'tasks list', select: { value_field: 'task_id', display_field: 'title' } },
      { id: 'tasks schedules:list', select: { value_field: 'schedule_id', display_field: 'name' } },
      { id: 'tasks users', select: { value_field: 'user_id', display_field: 'principal' } },
    ]);
    expect((await other.commands.get('tasks get')).command.parameters[0]).toMatchObject({
      name: 'task_id',
      in: 'path',
      provider: { command: 'tasks list' },
    });
  });

  it('gives steps to workflows, and values to their inputs', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    const manifest = `
      workflow: done
      inputs:
        task_id: { type: string, provider: tasks list, select: { value_field: task_id, display_field: title } }
      steps:
        - { id: complete, run: tasks update_status, with: { task_id: '\${{ inputs.task_id }}', status: completed } }
        - id: report
          run: tasks create
          with: { title: '\${{ "Tell about " + steps.complete.task.title }}' }
      final_output: \${{ steps.report.task.title }}`;
    const { body } = await oatty.commands.run('tasks create', { with: { title: 'Buy milk' } });
    const { task_id } = (body as { readonly task: { readonly task_id: string } }).task;
    const run = await oatty.runs.start({ workflow: { manifest }, inputs: { task_id } });
    expect(await run.wait()).toMatchObject({ status: 'succeeded', final_output: 'Tell about Buy milk' });
  });

  it('says that it honours the keys of runs', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    expect(readFileSync(oatty.paths.registry, 'utf8')).toContain('"honoured": true');
  });

  it('can be disabled and removed, and keeps the tasks', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    await oatty.commands.run('tasks create', { with: { title: 'Buy milk' } });
    await oatty.catalogs.setEnabled('tasks', false);
    await expect(oatty.commands.run('tasks list')).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    await oatty.catalogs.remove('tasks', { removeManifest: true });
    expect((await oatty.catalogs.list()).items).toEqual([]);
    await oatty.catalogs.setEnabled('tasks', true);
    expect((await oatty.commands.run('tasks list')).body).toMatchObject({ total: 1 });
  });

  it('has no settings of a catalog that calls an API', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    const refusals = [
      oatty.catalogs.setBaseUrl('tasks', 'https://api.example'),
      oatty.catalogs.editHeaders('tasks', { set: { 'X-A': 'b' } }),
      oatty.catalogs.setAuth('tasks', 'key', { value: 'x' }),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('leaves a catalog of the user that has its id alone', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await importApi(oatty, home, { title: 'Tasks' });
    await oatty.catalogs.setEnabled('tasks', false);
    await oatty.catalogs.setEnabled('tasks', true);
    expect((await oatty.catalogs.list()).items).toMatchObject([{ catalog_id: 'tasks', kind: 'openapi' }]);
  });

  it('is written anew where another version of oatty wrote it', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    await oatty.catalogs.setEnabled('tasks', false);
    const registry = readFileSync(oatty.paths.registry, 'utf8');
    const version = readManifest(oatty).document_version;
    writeFileSync(oatty.paths.registry, registry.replace(`"${version}"`, '"another"'));
    await oatty.commands.search('tasks');
    expect(readFileSync(oatty.paths.registry, 'utf8')).toBe(registry);
  });

  it('has the version that the code says it has', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    const { document_version, ...described } = readManifest(oatty);
    const digest = createHash('sha256').update(JSON.stringify(described)).digest('hex').slice(0, 12);
    expect(digest, 'Put the received version into bundled-catalogs.ts.').toBe(document_version);
  });

  it('refuses tables of a newer oatty and leaves them', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await oatty.catalogs.setEnabled('tasks', true);
    await oatty.commands.run('tasks create', { with: { title: 'Buy milk' } });
    await oatty.close();
    const file = new DatabaseSync(oatty.paths.state);
    file.exec('UPDATE table_versions SET version = 99');
    file.close();
    const older = await openAt(home);
    await expect(older.commands.run('tasks list')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});

// --- internal ---

function readManifest({ paths }: Oatty): { readonly document_version: string } {
  return JSON.parse(readFileSync(join(paths.catalogs, 'tasks.json'), 'utf8')) as { document_version: string };
}
