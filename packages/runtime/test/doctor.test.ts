/** What `examineSetup` finds in a home that is in order, and in broken ones. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { createOatty, examineSetup } from '../src/index.ts';
import type { DoctorDocument, Finding } from '../src/index.ts';

const description = fileURLToPath(import.meta.resolve('@oatty/example-shop-api/openapi.yaml'));
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('examineSetup', () => {
  it('finds nothing to do before anything was saved', async () => {
    const { home, examine } = await aHome();
    const { healthy, findings } = await examine();
    expect([healthy, findings.filter(({ status }) => status !== 'ok')]).toEqual([true, []]);
    expect(await readdir(home)).toEqual([]);
  });

  it('finds a set-up in order, and changes none of its files', async () => {
    const { home, examine } = await aHome();
    const oatty = await importShop(home);
    await write(
      home,
      'workflows/look.yaml',
      'workflow: look\nsteps: [{ id: a, run: shop orders:list, if: false }]\n',
    );
    await (await oatty.runs.start({ workflow: { workflowId: 'look' } })).wait();
    await oatty.close();
    const before = await contents(home);
    const { healthy, findings } = await examine();
    expect([healthy, findings.filter(({ status }) => status !== 'ok')]).toEqual([true, []]);
    expect(subjects(findings, 'catalogs')).toEqual(['shop-api']);
    expect(subjects(findings, 'workflows')).toEqual(['look']);
    expect(findings.find(({ area }) => area === 'state')?.message).toMatch(/^The journal, version \d+\.$/);
    expect(await contents(home)).toEqual(before);
  });

  it('names a queue whose runs wait for nobody', async () => {
    const { home, examine } = await aHome();
    const oatty = await importShop(home);
    const manifest = { workflow: 'look', steps: [{ id: 'a', run: 'shop orders:list' }] };
    await oatty.runs.start({ workflow: { manifest }, queue: { name: 'slow', leave: true } });
    await oatty.close();
    const { healthy, findings } = await examine();
    const found = findings.filter(({ status }) => status === 'warning');
    expect([healthy, found]).toMatchObject([true, [{ area: 'state', subject: 'queue slow' }]]);
  });

  it('names a registry that cannot be read, and still looks at the rest', async () => {
    const { home, examine } = await aHome();
    await write(home, 'registry.json', '{');
    await write(home, 'workflows/bad.yaml', 'workflow: [');
    const { healthy, findings } = await examine();
    expect(healthy).toBe(false);
    expect(broken(findings).map(({ area }) => area)).toEqual(['catalogs', 'workflows']);
  });

  it('names a catalog whose file is gone', async () => {
    const { home, examine } = await aHome();
    await importShop(home);
    await rm(join(home, 'catalogs/shop-api.json'));
    const [finding] = broken((await examine()).findings);
    expect(finding).toMatchObject({ area: 'catalogs', subject: 'shop-api' });
  });

  it('names what a catalog refers to and is not there, but for disabled ones', async () => {
    const { home, examine } = await aHome();
    const oatty = await importShop(home);
    await oatty.catalogs.editHeaders('shop-api', { set: { 'x-team': '${env:TEAM}' } });
    await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${secret:SHOP_KEY}' });
    expect(broken((await examine()).findings).map(({ suggested_action }) => suggested_action)).toEqual([
      'Set TEAM where oatty is started.',
      'Set it: oatty secret set SHOP_KEY.',
    ]);
    expect((await examine({ TEAM: 'a', SHOP_KEY: 'hush' })).healthy).toBe(true);
    expect(JSON.stringify(await examine({ TEAM: 'a', SHOP_KEY: 'hush' }))).not.toContain('hush');
    await oatty.catalogs.setEnabled('shop-api', false);
    expect((await examine()).healthy).toBe(true);
  });

  it('warns of a catalog that has no base URL', async () => {
    const { home, examine } = await aHome();
    const document = {
      openapi: '3.1.0',
      info: { title: 'Bare', version: '1' },
      paths: { '/a': { get: {} } },
    };
    const source = await write(home, 'bare.json', JSON.stringify(document));
    const oatty = await createOatty({ env: envOf(home), cwd: home });
    await oatty.catalogs.importOpenapi({ source });
    const { healthy, findings } = await examine();
    expect([healthy, findings.filter(({ status }) => status === 'warning')]).toMatchObject([
      true,
      [{ subject: 'bare', suggested_action: 'Set one: oatty catalog base-url bare URL.' }],
    ]);
  });

  it('tells the first violation of a workflow, with its line and how many more there are', async () => {
    const { home, examine } = await aHome();
    await write(
      home,
      'workflows/w.yaml',
      'workflow: w\nsteps:\n  - id: a\n    run: no such\n  - id: a\n    run: no such\n',
    );
    const [finding] = broken((await examine()).findings);
    expect(finding).toMatchObject({ area: 'workflows', subject: 'w' });
    expect(finding?.message).toMatch(/^Line \d+: .* And \d more\.$/);
  });

  it.each<[string, (home: string) => Promise<unknown>, Partial<Finding>]>([
    ['a directory in place of the registry', (home) => mkdir(join(home, 'registry.json')), { area: 'files' }],
    ['a file in place of the workflows', (home) => write(home, 'workflows', ''), { area: 'files' }],
    ['a link that leads nowhere', (home) => symlink('/nowhere', join(home, 'catalogs')), { area: 'files' }],
    [
      'a journal that is no database',
      (home) => write(home, 'state.db', 'x'.repeat(5_000)),
      { area: 'state' },
    ],
    [
      'a journal of a newer oatty',
      async (home) => makeNewerJournal(join(home, 'state.db')),
      { area: 'state' },
    ],
    ['servers that are no JSON', (home) => write(home, 'mcp.json', '{'), { area: 'files' }],
  ])('names %s', async (_, spoil, expected) => {
    const { home, examine } = await aHome();
    await spoil(home);
    const { healthy, findings } = await examine();
    expect([healthy, broken(findings)[0]]).toMatchObject([false, expected]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'warns of what is read-only, and names what cannot be read',
    async () => {
      const { home, examine } = await aHome();
      await mkdir(join(home, 'workflows'), { mode: 0o500 });
      await mkdir(join(home, 'catalogs'), { mode: 0o300 });
      cleanups.push(() => chmod(join(home, 'catalogs'), 0o700));
      const { findings } = await examine();
      expect(findings.find(({ subject }) => subject.endsWith('workflows'))?.status).toBe('warning');
      expect(findings.find(({ subject }) => subject.endsWith('catalogs'))?.status).toBe('broken');
    },
  );

  it('tries the database, and shows no password', async () => {
    const { examine } = await aHome();
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `postgres://ann:hush@127.0.0.1:${port}/x`;
    const rude = await examine({ DATABASE_URL: url });
    await new Promise((resolve) => server.close(resolve));
    const closed = await examine({ DATABASE_URL: url });
    expect(databaseOf(rude).message).toBe(
      `The database 127.0.0.1:${port}/x cannot be used: the connection was lost.`,
    );
    expect(databaseOf(closed).message).toBe(
      `The database 127.0.0.1:${port}/x cannot be used: nobody listens there.`,
    );
    expect(JSON.stringify([rude, closed])).not.toContain('hush');
    expect((await examine({ DATABASE_URL: 'mysql://x' })).healthy).toBe(false);
  });

  it('says nothing of the state file where the journal is in a database', async () => {
    const { home, examine } = await aHome();
    await write(home, 'state.db', 'x'.repeat(5_000));
    const areas = async (env: Record<string, string>) =>
      (await examine(env)).findings.filter(({ status }) => status === 'broken').map(({ area }) => area);
    expect(await areas({})).toEqual(['state']);
    expect(await areas({ DATABASE_URL: 'mysql://x' })).toEqual(['database']);
  });
});

// --- internal ---

function databaseOf({ findings }: DoctorDocument) {
  const finding = findings.find(({ area }) => area === 'database');
  if (finding === undefined) throw new Error('The database was not looked at.');
  return finding;
}

async function aHome() {
  const home = await mkdtemp(join(tmpdir(), 'oatty-doctor-'));
  cleanups.push(() => rm(home, { recursive: true, force: true }));
  const examine = (env: Record<string, string> = {}) =>
    examineSetup({ env: { ...envOf(home), ...env }, cwd: home });
  return { home, examine };
}

function envOf(home: string): Record<string, string> {
  return { REGISTRY_CONFIG_PATH: join(home, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' };
}

async function importShop(home: string) {
  const oatty = await createOatty({ env: envOf(home), cwd: home });
  await oatty.catalogs.importOpenapi({ source: description, vendor: 'shop' });
  return oatty;
}

async function write(home: string, name: string, text: string): Promise<string> {
  const path = join(home, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

/** Of every file that is not a cache. */
async function contents(home: string): Promise<Record<string, string>> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(
      (entry) => entry.isFile() && !/cache|\.(?:lookup|search)/.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')])),
  );
}

function makeNewerJournal(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA application_id = 0x6f617474; PRAGMA user_version = 999; CREATE TABLE a (b)');
  database.close();
}

function broken(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ status }) => status === 'broken');
}

function subjects(findings: readonly Finding[], area: Finding['area']): string[] {
  return findings.filter((finding) => finding.area === area).map(({ subject }) => subject);
}
