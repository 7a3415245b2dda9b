/** What the page on backups says is true: its blocks are run as they stand. */
import { createOatty } from '@oatty/runtime';
import { createTestDatabase, sharedPostgresUrl } from '@oatty/store/testing';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { repository } from './command-line.ts';
import { openSharedState } from './shared-state.ts';

const page = readFileSync(join(repository, 'deploy/BACKUP.md'), 'utf8');
const server = await sharedPostgresUrl();

const patient = { timeout: 15_000 };
const asItWas = { original: 'waiting', restored: 'succeeded', tasks: ['Look after the backup'] };

describe('the page on backups', () => {
  it.skipIf(!isOnPath('sqlite3'))('backs a working state file up, and restores it elsewhere', async () => {
    expect(await backUpAndRestore('Without PostgreSQL')).toEqual(asItWas);
  });

  it.skipIf(server === undefined || !isOnPath('pg_dump'))(
    'backs a working PostgreSQL up, and restores it into an empty one',
    async () => {
      const empty = await createTestDatabase(server ?? '');
      onTestFinished(() => empty.drop());
      expect(await backUpAndRestore('With PostgreSQL', { from: server, to: empty.url })).toEqual(asItWas);
    },
  );
});

// --- internal ---

/** A run waits for an answer when it is backed up, and gets it where it was restored. */
async function backUpAndRestore(
  heading: string,
  databases?: { readonly from: string | undefined; readonly to: string },
): Promise<typeof asItWas> {
  await using state = await openSharedState(databases?.from);
  const { oatty, env, home } = state;
  await oatty.catalogs.setEnabled('tasks', true);
  await oatty.commands.run('tasks create', { with: { title: 'Look after the backup' } });
  const manifest = {
    workflow: 'asked',
    steps: [{ id: 'ask', run: 'oatty approval', with: { message: 'Go on?' } }],
  };
  const run = await oatty.runs.start({ workflow: { manifest } });
  await expect.poll(async () => (await oatty.runs.get(run.run_id)).status, patient).toBe('waiting');

  const elsewhere = join(home, 'restored');
  const backup = join(home, 'backup');
  sh(blockUnder(heading, 'backup'), { ...env, OATTY_DIR: home, BACKUP: backup });
  const restoredEnv = {
    ...env,
    REGISTRY_CONFIG_PATH: join(elsewhere, 'registry.json'),
    ...(databases && { DATABASE_URL: databases.to }),
  };
  sh(blockUnder(heading, 'restore'), { ...restoredEnv, OATTY_DIR: elsewhere, BACKUP: backup });

  const restored = await createOatty({ env: restoredEnv, cwd: repository });
  onTestFinished(() => restored.close());
  await restored.runs.respond(run.run_id, { choice: 'approve' });
  const ended = await restored.runs.wait(run.run_id);
  const { body } = await restored.commands.run('tasks list', { with: {} });
  return {
    original: (await oatty.runs.get(run.run_id)).status,
    restored: ended.status,
    tasks: (body as { readonly tasks: readonly { readonly title: string }[] }).tasks.map(
      ({ title }) => title,
    ),
  };
}

function blockUnder(heading: string, name: string): string {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  const [, block] = new RegExp(`^\`\`\`sh ${name}\n([^]*?)^\`\`\`$`, 'm').exec(section) ?? [];
  if (block === undefined) throw new TypeError(`The page has no block "${name}" under "${heading}".`);
  return block;
}

function sh(script: string, env: Readonly<Record<string, string>>): void {
  execFileSync('sh', ['-euc', script], { env: { PATH: process.env['PATH'], ...env }, stdio: 'pipe' });
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((place) => existsSync(join(place, program)));
}
