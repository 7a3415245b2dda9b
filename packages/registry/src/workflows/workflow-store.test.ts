import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aDirectory } from '../../test/builders/a-directory.ts';
import { aHome } from '../../test/builders/a-home.ts';
import { createWorkflowStore } from './workflow-store.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../test/children/save-workflow.ts', import.meta.url));

/** A store over files that are there already, by name. */
function aStore(files: Readonly<Record<string, string | Buffer>> = {}, limits = {}) {
  const paths = aHome();
  mkdirSync(paths.workflowsDir, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(paths.workflowsDir, name)), { recursive: true });
    writeFileSync(join(paths.workflowsDir, name), content);
  }
  const at = (name: string) => join(paths.workflowsDir, name);
  return { paths, at, store: createWorkflowStore(paths, limits) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const greet = `# Says hello.
workflow: greet   # the id
title: Greet
inputs:
  name: { type: string }
steps:
  - { id: a, run: shop hello }
  - { id: b, run: shop bye }
`;
const greetJson = '{\n  "workflow": "greet",\n  "steps": [{ "id": "a", "run": "shop hello" }]\n}\n';

describe('listing workflows', () => {
  it('shows what each file says, subdirectories too', async () => {
    const { store, at } = aStore({
      'greet.yaml': greet,
      'deep/er/part.yml': 'workflow: part',
      'x.json': '{"workflow": "x", "title": null}',
    });
    expect(await store.list()).toEqual({
      items: [
        {
          workflow_id: 'greet',
          title: 'Greet',
          description: null,
          inputs: 1,
          steps: 2,
          path: at('greet.yaml'),
          format: 'yaml',
          version: sha256(greet),
        },
        expect.objectContaining({ workflow_id: 'part', path: at('deep/er/part.yml'), steps: 0 }),
        expect.objectContaining({ workflow_id: 'x', format: 'json', title: null }),
      ],
      problems: [],
    });
  });

  it('gives nothing when there is no directory, and makes none', async () => {
    const paths = aHome();
    expect(await createWorkflowStore(paths).list()).toEqual({ items: [], problems: [] });
    expect(existsSync(paths.workflowsDir)).toBe(false);
  });

  it.each([
    ['broken YAML', 'workflow: [', 'line 1'],
    ['a list', '- a\n- b', 'no workflow'],
    ['nothing', '', 'no workflow'],
    ['no id', 'title: x', '"workflow"'],
    ['an id that is a path', 'workflow: ../../etc/passwd', 'A-Z a-z 0-9'],
    ['an id that is a number', 'workflow: 12', 'A-Z a-z 0-9'],
    ['bytes that are no text', Buffer.from([0x77, 0xff, 0xfe]), 'UTF-8'],
    ['too much', `workflow: x\n# ${'x'.repeat(600_000)}`, 'bytes'],
  ])('reports a file with %s and shows the others', async (_, content, message) => {
    const { store, at } = aStore({ 'bad.yaml': content, 'greet.yaml': greet });
    const { items, problems } = await store.list();
    expect(items.map(({ workflow_id }) => workflow_id)).toEqual(['greet']);
    expect(problems).toEqual([{ path: at('bad.yaml'), message: expect.stringContaining(message) as string }]);
  });

  it('reports two files with one id and takes the one nearer to the top', async () => {
    const { store, at } = aStore({ 'a/greet.yaml': greet, 'z.yaml': greet, 'b/greet.yaml': greet });
    const { items, problems } = await store.list();
    expect(items.map(({ path }) => path)).toEqual([at('z.yaml')]);
    expect(problems.map(({ path }) => path)).toEqual([at('a/greet.yaml'), at('b/greet.yaml'), at('z.yaml')]);
  });

  it('follows no link', async () => {
    const { store, at } = aStore({ 'greet.yaml': greet });
    const outside = aDirectory();
    writeFileSync(join(outside, 'secret.yaml'), 'workflow: secret');
    symlinkSync(outside, at('linked'));
    symlinkSync(join(outside, 'secret.yaml'), at('secret.yaml'));
    const { items, problems } = await store.list();
    expect(items.map(({ workflow_id }) => workflow_id)).toEqual(['greet']);
    expect(problems.map(({ path }) => path)).toEqual([at('linked'), at('secret.yaml')]);
  });

  it('looks neither at hidden files nor at other kinds', async () => {
    const { store } = aStore({
      '.hidden.yaml': greet,
      '.git/x.yaml': greet,
      'README.md': greet,
      'x.YAML': greet,
    });
    expect(await store.list()).toEqual({ items: [], problems: [] });
  });

  it('is bounded in files and depth', async () => {
    const files = Object.fromEntries(['a', 'b', 'c'].map((id) => [`${id}.yaml`, `workflow: ${id}`]));
    const deep = `${'d/'.repeat(17)}x.yaml`;
    const { store, at } = aStore({ ...files, [deep]: greet }, { maxFiles: 2 });
    const { items, problems } = await store.list();
    expect(items.map(({ workflow_id }) => workflow_id)).toEqual(['a', 'b']);
    expect(problems.map(({ path }) => path)).toEqual([at('c.yaml'), at('d/'.repeat(17).slice(0, -1))]);
  });

  it('sees files that another process has changed, added and removed', async () => {
    const { store, at } = aStore({ 'greet.yaml': greet, 'old.yaml': 'workflow: old' });
    await store.list();
    writeFileSync(at('greet.yaml'), greet.replace('title: Greet', 'title: Hello'));
    writeFileSync(at('new.yaml'), 'workflow: new');
    await run('rm', [at('old.yaml')]);
    expect((await store.list()).items.map(({ workflow_id, title }) => [workflow_id, title])).toEqual([
      ['greet', 'Hello'],
      ['new', null],
    ]);
  });
});

const cacheFile = (cacheDir: string) => join(cacheDir, readdirSync(cacheDir)[0]!);

describe('the memory of earlier lists', () => {
  it('spares reading files that did not change', async () => {
    const { store, paths, at } = aStore({ 'greet.yaml': greet });
    utimesSync(at('greet.yaml'), 1_000, 1_000);
    const first = await store.list();
    const remembered = readFileSync(cacheFile(paths.cacheDir), 'utf8');
    writeFileSync(cacheFile(paths.cacheDir), remembered.replace('"title":"Greet"', '"title":"Remembered"'));
    expect(first.items[0]?.title).toBe('Greet');
    expect((await createWorkflowStore(paths).list()).items[0]?.title).toBe('Remembered');
  });

  it('does not trust times when the file was changed just before it was read', async () => {
    const { store, paths, at } = aStore({ 'greet.yaml': greet });
    await store.list();
    const { atimeMs, mtimeMs } = statSync(at('greet.yaml'));
    writeFileSync(at('greet.yaml'), greet.replace('title: Greet', 'title: Gruss'));
    utimesSync(at('greet.yaml'), atimeMs / 1_000, mtimeMs / 1_000);
    expect((await createWorkflowStore(paths).list()).items[0]?.title).toBe('Gruss');
  });

  it.each(['', '{', 'null', '{"format_version":1,"files":[{}, null, 1]}', '{"format_version":0,"files":[]}'])(
    'may be broken: %j',
    async (text) => {
      const { store, paths } = aStore({ 'greet.yaml': greet });
      const first = await store.list();
      writeFileSync(cacheFile(paths.cacheDir), text);
      expect(await createWorkflowStore(paths).list()).toEqual(first);
    },
  );

  it('may be impossible to write', async () => {
    const { paths } = aStore({ 'greet.yaml': greet });
    writeFileSync(paths.cacheDir, 'a file where the directory should be');
    expect((await createWorkflowStore(paths).list()).items).toHaveLength(1);
  });
});

describe('getting a workflow', () => {
  it('gives the text as the author wrote it, and what it says', async () => {
    const text = `\uFEFF${greet.replaceAll('\n', '\r\n')}`;
    const { store, at } = aStore({ 'any-name.yaml': text });
    expect(await store.get('greet')).toMatchObject({
      workflow_id: 'greet',
      path: at('any-name.yaml'),
      format: 'yaml',
      content: text,
      version: sha256(text),
      parsed: { title: 'Greet', inputs: { name: { type: 'string' } } },
    });
  });

  it('offers the nearest ids', async () => {
    const { store } = aStore({ 'greet.yaml': greet });
    await expect(store.get('gret')).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_FOUND',
      suggestedAction: 'Did you mean "greet"?',
      options: { context: { workflow_id: 'gret', nearest: ['greet'] } },
    });
  });

  it('tells one story of a broken file, whatever is asked', async () => {
    const { store, at } = aStore({ 'greet.yaml': 'workflow: [', 'other.yaml': 'workflow: other' });
    for (const attempt of [
      () => store.get('greet'),
      () => store.read('greet'),
      () => store.save({ content: greet }),
      () => store.save({ content: greet, overwrite: true }),
      () => store.save({ content: greetJson, overwrite: true }),
      () => store.rename('greet', 'salute'),
      () => store.rename('other', 'greet', { overwrite: true }),
      () => store.delete('greet'),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'WORKFLOW_PARSE_FAILED',
        message: expect.stringContaining(`"greet" is in ${at('greet.yaml')}, which cannot be used`) as string,
        suggestedAction: `Correct ${at('greet.yaml')}, or move it away.`,
        options: { context: { workflow_id: 'greet', path: at('greet.yaml'), line: 1, column: 12 } },
      });
    }
    expect(readFileSync(at('greet.yaml'), 'utf8')).toBe('workflow: [');
    expect((await store.list()).items.map((item) => item.workflow_id)).toEqual(['other']);
  });

  it.each([
    ['WORKFLOW_IDENTIFIER_INVALID', 'title: no id\n'],
    ['LIMIT_EXCEEDED', `# ${'x'.repeat(600_000)}\nworkflow: greet\n`],
    ['WORKFLOW_PARSE_FAILED', Buffer.from([0x77, 0xff, 0xfe])],
  ])('says %s of a file that bears the name and holds no workflow', async (code, content) => {
    const { store, at } = aStore({});
    mkdirSync(dirname(at('greet.yaml')), { recursive: true });
    writeFileSync(at('greet.yaml'), content);
    await expect(store.get('greet')).rejects.toMatchObject({ code });
    await expect(store.save({ content: greet, overwrite: true })).rejects.toMatchObject({ code });
  });

  it.each(['', '.', '..', '../greet', '/etc/passwd', 'a/b', 'a\\b', 'x'.repeat(65), 'a\0b', 'grüße'])(
    'refuses the id %j',
    async (id) => {
      const { store } = aStore({ 'greet.yaml': greet });
      for (const attempt of [
        store.get(id),
        store.delete(id),
        store.rename('greet', id),
        store.rename(id, 'x'),
      ]) {
        await expect(attempt).rejects.toMatchObject({ code: 'WORKFLOW_IDENTIFIER_INVALID' });
      }
    },
  );

  it.each(['con', 'NUL', '__proto__', 'constructor', '-'])('takes %s for an ordinary id', async (id) => {
    const { store } = aStore();
    await store.save({ content: `workflow: "${id}"` });
    expect(await store.get(id)).toMatchObject({ workflow_id: id });
  });
});

describe('saving a workflow', () => {
  it('keeps every byte', async () => {
    const { store, at } = aStore();
    const saved = await store.save({ content: greet });
    expect(saved).toEqual({
      workflow_id: 'greet',
      path: at('greet.yaml'),
      format: 'yaml',
      version: sha256(greet),
      overwritten: false,
    });
    expect(readFileSync(at('greet.yaml'), 'utf8')).toBe(greet);
    expect(readdirSync(dirname(at('x')))).toEqual(['greet.yaml']);
  });

  it('needs leave to replace one that is there', async () => {
    const { store, at } = aStore({ 'greet.yaml': greet });
    await expect(store.save({ content: 'workflow: greet' })).rejects.toMatchObject({
      code: 'WORKFLOW_ALREADY_EXISTS',
      options: { context: { path: at('greet.yaml') } },
    });
    expect(readFileSync(at('greet.yaml'), 'utf8')).toBe(greet);
    expect(await store.save({ content: 'workflow: greet', overwrite: true })).toMatchObject({
      overwritten: true,
    });
  });

  it('writes to the file that holds the workflow, whatever its name', async () => {
    const { store, at } = aStore({ 'sub/other.yml': greet });
    expect(await store.save({ content: 'workflow: greet', overwrite: true })).toMatchObject({
      path: at('sub/other.yml'),
    });
  });

  it('in another format replaces the old file', async () => {
    const { store, at } = aStore({ 'sub/greet.yaml': greet });
    const saved = await store.save({ content: greetJson, overwrite: true });
    expect(saved).toMatchObject({ path: at('sub/greet.json'), format: 'json' });
    expect(readdirSync(at('sub'))).toEqual(['greet.json']);
    expect((await store.list()).problems).toEqual([]);
  });

  it('replaces exactly the version that was read', async () => {
    const { store } = aStore({ 'greet.yaml': greet });
    const { version } = await store.save({ content: `${greet}# more\n`, expectedVersion: sha256(greet) });
    expect(version).toBe(sha256(`${greet}# more\n`));
    await expect(
      store.save({ content: greet, overwrite: true, expectedVersion: sha256(greet) }),
    ).rejects.toMatchObject({
      code: 'WORKFLOW_VERSION_CONFLICT',
      options: {
        context: { workflow_id: 'greet', expected_version: sha256(greet), actual_version: version },
      },
    });
  });

  it('expects no version of a workflow that is not there', async () => {
    const { store } = aStore();
    await expect(store.save({ content: greet, expectedVersion: 'abc' })).rejects.toMatchObject({
      code: 'WORKFLOW_VERSION_CONFLICT',
      options: { context: { actual_version: null } },
    });
  });

  it.each([
    [{ content: 'workflow: [' }, 'WORKFLOW_PARSE_FAILED'],
    [{ content: greet, format: 'json' as const }, 'WORKFLOW_PARSE_FAILED'],
    [{ content: 'title: x' }, 'WORKFLOW_IDENTIFIER_INVALID'],
    [{ content: '- a' }, 'WORKFLOW_IDENTIFIER_INVALID'],
    [{ content: 'workflow: ../../x' }, 'WORKFLOW_IDENTIFIER_INVALID'],
    [{ content: greet, workflowId: 'hello' }, 'WORKFLOW_IDENTIFIER_MISMATCH'],
    [{ content: `${greet}#${'x'.repeat(600_000)}` }, 'LIMIT_EXCEEDED'],
  ])('refuses %j', async (save, code) => {
    const { store, paths } = aStore();
    await expect(store.save(save)).rejects.toMatchObject({ code });
    expect(readdirSync(paths.workflowsDir)).toEqual([]);
  });

  it.each([
    ['is broken', 'workflow: [', 'WORKFLOW_PARSE_FAILED'],
    ['holds another workflow', 'workflow: other', 'WORKFLOW_ALREADY_EXISTS'],
  ])('never overwrites a file that %s', async (_, content, code) => {
    const { store, at } = aStore({ 'greet.yaml': content });
    await expect(store.save({ content: greet, overwrite: true })).rejects.toMatchObject({ code });
    expect(readFileSync(at('greet.yaml'), 'utf8')).toBe(content);
  });

  it('never writes through a link', async () => {
    const { store, at } = aStore();
    const outside = join(aDirectory(), 'victim.txt');
    writeFileSync(outside, 'precious');
    symlinkSync(outside, at('greet.yaml'));
    await expect(store.save({ content: greet, overwrite: true })).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
    expect(readFileSync(outside, 'utf8')).toBe('precious');
  });

  it('names a directory that cannot be written', async () => {
    const { paths } = aStore();
    chmodSync(paths.workflowsDir, 0o555);
    chmodSync(dirname(dirname(paths.workflowsDir)), 0o755);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { stdout } = await run(
      process.execPath,
      ['--conditions=@oatty/source', script, paths.registryFile, 'abc'],
      nobody,
    );
    expect(JSON.parse(stdout)).toMatchObject({
      error_code: 'STORAGE_FAILED',
      message: expect.stringContaining(paths.workflowsDir) as string,
    });
  });

  it('lets one of two processes win that saw the same version', async () => {
    const { paths, store } = aStore({ 'greet.yaml': greet });
    const args = ['--conditions=@oatty/source', script, paths.registryFile, sha256(greet)];
    const children = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args)));
    const answers = children.map(
      ({ stdout }) => JSON.parse(stdout) as { version?: string; error_code?: string },
    );
    const winners = answers.filter(({ version }) => version !== undefined);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ error_code }) => error_code === 'WORKFLOW_VERSION_CONFLICT')).toHaveLength(3);
    expect((await store.get('greet')).version).toBe(winners[0]?.version);
  });
});

describe('renaming a workflow', () => {
  it('changes the id and the name of the file, and nothing else of the text', async () => {
    const { store, at } = aStore({ 'sub/greet.yml': greet });
    const renamed = await store.rename('greet', 'salute');
    const text = greet.replace('workflow: greet', 'workflow: salute');
    expect(renamed).toEqual({
      workflow_id: 'salute',
      path: at('sub/salute.yml'),
      format: 'yaml',
      version: sha256(text),
      overwritten: false,
    });
    expect(readFileSync(at('sub/salute.yml'), 'utf8')).toBe(text);
    expect(readdirSync(at('sub'))).toEqual(['salute.yml']);
  });

  it.each([
    ['greet.json', greetJson, 'salute', greetJson.replace('"greet"', '"salute"')],
    ['greet.json', greetJson, '123', greetJson.replace('"greet"', '"123"')],
    ['greet.yaml', "steps: []\nworkflow: 'greet'\n", 'salute', "steps: []\nworkflow: 'salute'\n"],
    ['greet.yaml', '{ workflow: greet, steps: [] }', 'salute', '{ workflow: salute, steps: [] }'],
    ['greet.yaml', 'workflow: greet', '123', "workflow: '123'"],
    ['greet.yaml', 'workflow: greet', 'null', "workflow: 'null'"],
    ['greet.yaml', 'workflow: greet', '-', "workflow: '-'"],
  ])('in %s writes the id as the author would: %j → %s', async (name, content, newId, expected) => {
    const { store, at } = aStore({ [name]: content });
    const { path } = await store.rename('greet', newId);
    expect(readFileSync(path, 'utf8')).toBe(expected);
    expect(existsSync(at(name))).toBe(false);
  });

  it('refuses to change more than the id', async () => {
    const content = 'workflow: &id greet\ntitle: *id\n';
    const { store, at } = aStore({ 'greet.yaml': content });
    await expect(store.rename('greet', 'salute')).rejects.toMatchObject({ code: 'WORKFLOW_PARSE_FAILED' });
    expect(readFileSync(at('greet.yaml'), 'utf8')).toBe(content);
  });

  it('to an id that is taken needs leave', async () => {
    const { store, at } = aStore({ 'greet.yaml': greet, 'sub/salute.json': '{"workflow": "salute"}' });
    await expect(store.rename('greet', 'salute')).rejects.toMatchObject({ code: 'WORKFLOW_ALREADY_EXISTS' });
    expect(await store.rename('greet', 'salute', { overwrite: true })).toMatchObject({
      overwritten: true,
      path: at('salute.yaml'),
    });
    expect((await store.list()).items.map(({ path }) => path)).toEqual([at('salute.yaml')]);
  });

  it('refuses what makes no sense', async () => {
    const { store } = aStore({ 'greet.yaml': greet, 'broken.yaml': 'workflow: [' });
    await expect(store.rename('greet', 'greet')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(store.rename('nope', 'x')).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
    await expect(store.rename('greet', 'broken', { overwrite: true })).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
    });
  });
});

describe('deleting a workflow', () => {
  it('removes its file', async () => {
    const { store, at } = aStore({ 'greet.yaml': greet, 'other.yaml': 'workflow: other' });
    expect(await store.delete('greet')).toEqual({ workflow_id: 'greet', path: at('greet.yaml') });
    expect((await store.list()).items.map(({ workflow_id }) => workflow_id)).toEqual(['other']);
  });

  it('that is not there changes nothing', async () => {
    const paths = aHome();
    await expect(createWorkflowStore(paths).delete('greet')).rejects.toMatchObject({
      code: 'WORKFLOW_NOT_FOUND',
    });
    expect(existsSync(paths.workflowsDir)).toBe(false);
  });
});
