/** Descriptions that come with oatty, by the names under which they are imported. */
import { descriptionNames } from '@oatty/tasks';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aHome, openAt, openOatty } from './open-oatty.ts';

describe('a description that comes with oatty', () => {
  it.each(descriptionNames)('oatty:%s is imported by its name, without a warning', async (name) => {
    const oatty = await openOatty();
    const source = `oatty:${name}`;
    expect(await oatty.catalogs.validateOpenapi({ source })).toMatchObject({ valid: true, warnings: [] });
    const preview = await oatty.catalogs.previewImport({ source });
    expect(await oatty.catalogs.importOpenapi({ source })).toMatchObject({
      source,
      source_type: 'path',
      catalog_id: name,
      vendor: preview.catalog.vendor,
      command_count: preview.projected_command_count,
    });
    const again = await oatty.catalogs.importOpenapi({ source, overwrite: true });
    expect(again.changes).toMatchObject({ added: [], removed: [], changed: [] });
  });

  it('of an unknown name is refused with the names there are', async () => {
    const oatty = await openOatty();
    await expect(oatty.catalogs.importOpenapi({ source: 'oatty:jria' })).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
      suggestedAction: expect.stringContaining('oatty:jira, oatty:slack; a file is "./oatty:jria"'),
    });
  });

  it('is another one than a file of that name', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await writeFile(join(home.dir, 'oatty:jira'), JSON.stringify(ownDescription));
    expect(await oatty.catalogs.importOpenapi({ source: './oatty:jira' })).toMatchObject({
      catalog_id: 'my-own',
    });
  });

  it('is named when an integration is set up before it', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.setEnabled('tasks', true);
    const given = { with: { name: 'jira', kind: 'jira', settings: { project: 'OPS' } } };
    const before = await oatty.commands.run('tasks integrations:add', given);
    expect(before.body).toMatchObject({ problem: expect.stringContaining('oatty import oatty:jira') });
    await oatty.catalogs.importOpenapi({ source: 'oatty:jira', baseUrl: 'https://acme.atlassian.net' });
    const after = await oatty.commands.run('tasks integrations:add', given);
    expect(after.body).toMatchObject({ problem: null });
  });

  it('is named by Arazzo documents as it is by catalogs, there and back', async () => {
    const oatty = await openOatty();
    await oatty.catalogs.importOpenapi({ source: 'oatty:slack' });
    const content = {
      workflow: 'tell',
      steps: [{ id: 'post', run: 'slack chat.postMessage:create', body: { channel: '#ops', text: 'Hello' } }],
    };
    await oatty.workflows.save({ content });
    const { document, warnings } = await oatty.workflows.exportArazzo('tell', { outputPath: 'x.json' });
    expect(warnings).toEqual([]);
    expect(document).toMatchObject({ sourceDescriptions: [{ url: 'oatty:slack' }] });
    const file = join(oatty.paths.workflows, '../back.arazzo.json');
    await writeFile(file, JSON.stringify(document));
    const imported = await oatty.workflows.import({ source: file, overwrite: true });
    expect(imported).toMatchObject({ arazzo: { refused: [], catalogs: [] } });
  });
});

// --- internal ---

const ownDescription = {
  openapi: '3.1.0',
  info: { title: 'My own', version: '1' },
  servers: [{ url: 'https://own.example' }],
  paths: { '/things': { get: { summary: 'List things', responses: { 200: { description: 'ok' } } } } },
};
