import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameDependents } from '../src/index.ts';
import { aServer } from './an-api.ts';
import { aHome, openAt, openShop } from './open-oatty.ts';

/** Written by a person: a comment, an order of keys, quotes. */
const check = `# Is the shop up?
workflow: check
title: "Check"
steps:
  - id: up   # the only one
    run: shop health:list
`;

const requiring = (version: string) =>
  `requires: { catalogs: [{ vendor: shop, version: ${version} }] }\n${check}`;

const aCaller = (id: string, called: string) => ({
  workflow: id,
  steps: [{ id: 'call', run: `workflow ${called}` }],
});

describe('a workflow that others need', () => {
  it('is renamed and deleted with a warning for each of them', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    await oatty.workflows.save({ content: aCaller('b', 'check') });
    await oatty.workflows.save({ content: aCaller('a', 'check') });
    const renamed = await oatty.workflows.rename('check', 'look');
    expect(renamed.warnings).toMatchObject([
      { rule: 'workflow_called', actual: 'a', suggestion: 'Let it run "workflow look".' },
      { rule: 'workflow_called', actual: 'b' },
    ]);
    await oatty.workflows.rename('look', 'check');
    expect((await oatty.workflows.delete('check')).warnings).toMatchObject([
      { actual: 'a' },
      { actual: 'b' },
    ]);
    expect((await oatty.workflows.delete('a')).warnings).toEqual([]);
  });

  it('is renamed and deleted with a warning for each schedule that has times to come', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    for (const scheduleId of ['nightly', 'paused']) {
      await oatty.schedules.add({ workflowId: 'check', scheduleId, cron: '@daily' });
    }
    await oatty.schedules.pause('paused');
    expect(await oatty.workflows.dependentsOf('check')).toEqual({
      workflows: [],
      schedules: ['nightly', 'paused'],
    });
    const renamed = await oatty.workflows.rename('check', 'look');
    expect(renamed.warnings).toMatchObject([
      { rule: 'workflow_scheduled', actual: 'nightly', suggestion: 'Remove it, and add one for "look".' },
      { rule: 'workflow_scheduled', actual: 'paused' },
    ]);
    await oatty.workflows.rename('look', 'check');
    await oatty.schedules.remove('paused');
    expect((await oatty.workflows.delete('check')).warnings).toMatchObject([{ actual: 'nightly' }]);
  });

  it('is renamed and deleted when the journal cannot be read', async () => {
    const { oatty, home } = await openShop();
    await oatty.workflows.save({ content: check });
    await oatty.workflows.save({ content: aCaller('a', 'check') });
    await writeFile(
      join(home.dir, 'state.db'),
      'not a database, and long enough to be looked at as one'.repeat(99),
    );
    const unread = { rule: 'schedules_unread', message: expect.stringContaining('state.db') };
    const dependents = await oatty.workflows.dependentsOf('check');
    expect(dependents).toEqual({
      workflows: ['a'],
      schedules: [],
      schedules_unread: expect.stringContaining('state.db'),
    });
    expect(nameDependents(dependents)).toBe('the workflow a and perhaps schedules, which cannot be read,');
    expect((await oatty.workflows.rename('check', 'look')).warnings).toMatchObject([{ actual: 'a' }, unread]);
    expect((await oatty.workflows.delete('look')).warnings).toMatchObject([unread]);
  });
});

describe('validating a workflow', () => {
  it('reports everything at once, with places in the text', async () => {
    const { oatty } = await openShop();
    const manifest = 'workflow: w\nsteps:\n  - id: a\n    run: shop orders:lst\n    retries: 3\n';
    const { valid, workflow_id, violations } = await oatty.workflows.validate({ manifest });
    expect([valid, workflow_id]).toEqual([false, 'w']);
    expect(violations).toMatchObject([
      { path: '$.steps[0].run', rule: 'WORKFLOW_STEP_COMMAND_NOT_FOUND', line: 4, column: 10 },
      { path: '$.steps[0].retries', rule: 'unknown_key', line: 5, column: 5 },
    ]);
  });

  it('takes what does not parse as a violation with its place', async () => {
    const { oatty } = await openShop();
    const report = await oatty.workflows.validate({ manifest: 'workflow: w\nsteps: [{' });
    expect(report).toMatchObject({ valid: false, workflow_id: null, warnings: [] });
    expect(report.violations).toMatchObject([
      { path: '$', rule: 'parse', line: expect.any(Number), column: expect.any(Number) },
    ]);
  });

  it('takes objects, and saved workflows by id', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    const manifest = { workflow: 'w', steps: [{ id: 'a', run: 'workflow check' }] };
    expect(await oatty.workflows.validate({ manifest })).toMatchObject({ valid: true, violations: [] });
    expect(await oatty.workflows.validate({ workflowId: 'check' })).toMatchObject({
      valid: true,
      workflow_id: 'check',
    });
    await expect(oatty.workflows.validate({ workflowId: 'chek' })).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_FOUND',
      options: { context: { nearest: ['check'] } },
    });
  });

  it('finds what is wrong in the workflows that it runs', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    await oatty.workflows.save({ content: aCaller('middle', 'check') });
    const path = `${oatty.paths.workflows}/check.yaml`;
    await writeFile(path, check.replace('health:list', 'health:gone'));
    const { valid, violations } = await oatty.workflows.validate({ manifest: aCaller('outer', 'middle') });
    expect(valid).toBe(false);
    expect(violations).toMatchObject([
      { path: '$.steps[0].run', rule: 'sub_workflow_invalid', actual: 'workflow middle' },
    ]);
    expect(violations[0]?.message).toContain('it runs "check", which has one violation: $.steps[0].run');
    await writeFile(path, check);
    expect(await oatty.workflows.validate({ manifest: aCaller('outer', 'middle') })).toMatchObject({
      valid: true,
    });
  });

  it('tells of a broken file what parsing it tells', async () => {
    const { oatty } = await openShop();
    await mkdir(oatty.paths.workflows, { recursive: true });
    await writeFile(`${oatty.paths.workflows}/demo.yaml`, 'workflow: demo\nsteps: [');
    const { violations } = await oatty.workflows.validate({ workflowId: 'demo' });
    expect(violations).toMatchObject([{ rule: 'parse', line: 2, column: expect.any(Number) }]);
    await expect(oatty.runs.start({ workflow: { workflowId: 'demo' } })).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
      options: { context: { workflow_id: 'demo', line: 2 } },
    });
  });

  it('finds workflows that would run each other for ever', async () => {
    const { oatty, home } = await openShop();
    await mkdir(oatty.paths.workflows, { recursive: true });
    for (const [id, other] of [
      ['ping', 'pong'],
      ['pong', 'ping'],
    ]) {
      await writeFile(
        `${oatty.paths.workflows}/${id}.yaml`,
        `workflow: ${id}\nsteps: [{ id: a, run: workflow ${other} }]\n`,
      );
    }
    expect((await oatty.workflows.validate({ workflowId: 'ping' })).violations).toMatchObject([
      { rule: 'workflow_recursion' },
    ]);
    expect((await (await openAt(home)).commands.get('workflow ping')).command.effect).toBe('destructive');
  });

  it('warns about a catalog of another version', async () => {
    const { oatty } = await openShop();
    expect((await oatty.workflows.validate({ manifest: requiring('1.0.0') })).warnings).toEqual([]);
    expect((await oatty.workflows.validate({ manifest: requiring('2.0.0') })).warnings).toMatchObject([
      { rule: 'catalog_version', actual: '1.0.0', line: 1 },
    ]);
  });
});

describe('saving a workflow', () => {
  it('keeps the text of the author', async () => {
    const { oatty } = await openShop();
    const saved = await oatty.workflows.save({ content: check });
    expect(saved).toMatchObject({ workflow_id: 'check', format: 'yaml', overwritten: false, warnings: [] });
    expect(await readFile(saved.path, 'utf8')).toBe(check);
    expect(await oatty.workflows.get('check')).toMatchObject({
      content: check,
      version: saved.version,
      parsed: { workflow: 'check', title: 'Check' },
    });
  });

  it('writes an object as JSON', async () => {
    const { oatty } = await openShop();
    const content = { workflow: 'w', steps: [{ id: 'a', run: 'shop health:list' }] };
    const { path, format } = await oatty.workflows.save({ content });
    expect([format, JSON.parse(await readFile(path, 'utf8'))]).toEqual(['json', content]);
  });

  it('refuses one that is not valid, and writes nothing', async () => {
    const { oatty } = await openShop();
    await expect(oatty.workflows.save({ content: check.replace('health', 'helth') })).rejects.toMatchObject({
      code: 'WORKFLOW_VALIDATION_FAILED',
      options: { violations: [{ rule: 'WORKFLOW_STEP_COMMAND_NOT_FOUND' }] },
    });
    await expect(oatty.workflows.save({ content: 'steps: [{' })).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
    });
    await expect(oatty.workflows.save({ content: check, workflowId: 'other' })).rejects.toMatchObject({
      code: 'WORKFLOW_IDENTIFIER_MISMATCH',
    });
    expect(await oatty.workflows.list()).toEqual({ items: [], problems: [] });
  });

  it('over another needs leave, or the version that was read', async () => {
    const { oatty } = await openShop();
    const { version } = await oatty.workflows.save({ content: check });
    const content = check.replace('Check', 'Check it');
    await expect(oatty.workflows.save({ content })).rejects.toMatchObject({
      code: 'WORKFLOW_ALREADY_EXISTS',
    });
    const saved = await oatty.workflows.save({ content, expectedVersion: version });
    expect(saved.overwritten).toBe(true);
    await expect(oatty.workflows.save({ content: check, expectedVersion: version })).rejects.toMatchObject({
      code: 'WORKFLOW_VERSION_CONFLICT',
      options: { context: { actual_version: saved.version } },
    });
  });

  it('from a path or a URL takes the format from the name', async () => {
    const { oatty, home } = await openShop();
    await writeFile(
      `${home.dir}/flow.yaml`,
      '{ workflow: flow, steps: [{ id: a, run: shop health:list }] }\n',
    );
    expect(await oatty.workflows.import({ source: 'flow.yaml' })).toMatchObject({
      kind: 'workflow',
      source_type: 'path',
      workflow_id: 'flow',
      path: `${home.dir}/workflows/flow.yaml`,
      overwritten: false,
    });
    const url = await aServer((_, response) => response.end(check));
    const source = { source: `${url}/check.yaml` };
    await expect(oatty.workflows.import(source)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(await oatty.workflows.import({ ...source, allowPrivate: true })).toMatchObject({
      source_type: 'url',
    });
    await expect(oatty.workflows.import({ source: 'none.yaml' })).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    });
  });
});

describe('saved workflows', () => {
  it('are listed with what cannot be read beside them', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    await writeFile(`${oatty.paths.workflows}/broken.yaml`, 'workflow: [');
    const { items, problems } = await oatty.workflows.list();
    expect(items).toMatchObject([{ workflow_id: 'check', title: 'Check', inputs: 0, steps: 1 }]);
    expect(problems).toMatchObject([{ path: `${oatty.paths.workflows}/broken.yaml` }]);
    expect((await oatty.commands.search('check')).items.map(({ id }) => id)).toContain('workflow check');
  });

  it('are renamed with their text, and deleted', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: check });
    expect(await oatty.workflows.rename('check', 'is_up')).toMatchObject({
      workflow_id: 'is_up',
      renamed_from: 'check',
    });
    expect((await oatty.workflows.get('is_up')).content).toBe(
      check.replace('workflow: check', 'workflow: is_up'),
    );
    expect(await oatty.workflows.delete('is_up')).toMatchObject({ deleted: true, workflow_id: 'is_up' });
    await expect(oatty.workflows.get('is_up')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  });

  it('are never looked for outside their directory', async () => {
    const oatty = await openAt(await aHome());
    await expect(oatty.workflows.get('../registry')).rejects.toMatchObject({
      code: 'WORKFLOW_IDENTIFIER_INVALID',
    });
    await expect(oatty.workflows.delete('..')).rejects.toMatchObject({ code: 'WORKFLOW_IDENTIFIER_INVALID' });
  });
});
