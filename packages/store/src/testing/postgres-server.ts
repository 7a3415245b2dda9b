/**
 * A real PostgreSQL for tests.
 *
 *   G1. `OATTY_TEST_DATABASE_URL` names one that is there; else the machine's own `postgres` is started on a free port
 *       with an empty directory, as nobody when the tests run as root, since it refuses root.
 *   G2. Where there is neither, the answer is `undefined`, and tests are skipped by name.
 *   G3. The server ends with the process that has started it, however that ends: a guard waits for its pipe to close.
 */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface PostgresServer {
  readonly url: string;
  /** As a restart of the service does it: connections are closed, nothing that was committed is lost. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Writes reach the disk, as where it is used; default false, since tests have no time for that. */
  readonly syncs?: boolean;
}

/** One for all tests of a process. The first one who asks says how it is started. */
export function sharedPostgresUrl(options: PostgresOptions = {}): Promise<string | undefined> {
  shared ??= openShared(options);
  return shared;
}

/** @returns `undefined` where no `postgres` is installed */
export async function startPostgres({ syncs = false }: PostgresOptions = {}): Promise<
  PostgresServer | undefined
> {
  const bin = findBinaries();
  if (bin === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'oatty-postgres-'));
  const account = accountOf(directory);
  const data = join(directory, 'data');
  const init = [join(bin, 'initdb'), '-D', data, '-U', 'oatty', '-A', 'trust', '--no-sync', '-E', 'UTF8'];
  execFileSync(...asAccount(account, init), { stdio: 'ignore' });
  const port = await freePort();
  // Without `syncs` only a machine that loses power loses anything, not a server that is killed or restarted.
  const settings = `listen_addresses=127.0.0.1 unix_socket_directories=${directory} port=${port} max_connections=60 fsync=${syncs ? 'on' : 'off'}`;
  const flags = settings.split(' ').flatMap((setting) => ['-c', setting]);
  const command = [join(bin, 'postgres'), '-D', data, ...flags];
  let guard = await launch(asAccount(account, command), directory, port);
  return {
    url: `postgresql://oatty@127.0.0.1:${port}/postgres`,
    async restart() {
      await end(guard);
      guard = await launch(asAccount(account, command), directory, port);
    },
    async stop() {
      await end(guard);
      execFileSync('rm', ['-rf', directory]);
    },
  };
}

// --- internal ---

let shared: Promise<string | undefined> | undefined;

async function openShared(options: PostgresOptions): Promise<string | undefined> {
  const given = process.env['OATTY_TEST_DATABASE_URL']?.trim();
  return given ? given : (await startPostgres(options))?.url;
}

/** Where Debian and its kin put them, else on the path. */
function findBinaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => join(root, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
  return places.find((place) => ['initdb', 'postgres'].every((name) => existsSync(join(place, name))));
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** G1 */
function accountOf(directory: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = { uid: idOf('-u'), gid: idOf('-g') };
  chownSync(directory, account.uid, account.gid);
  return account;
}

function idOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
}

function asAccount(account: Account | undefined, command: readonly string[]): [string, string[]] {
  const [file = '', ...args] = command;
  if (account === undefined) return [file, args];
  const { uid, gid } = account;
  return ['setpriv', [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', file, ...args]];
}

/** G3 */
async function launch(
  [file, args]: readonly [string, readonly string[]],
  directory: string,
  port: number,
): Promise<ChildProcess> {
  const script = '"$@" >"$0/log" 2>&1 & server=$!; cat >/dev/null; kill -INT $server; wait $server';
  const guard = spawn('sh', ['-c', script, directory, file, ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: directory,
  });
  guard.unref();
  while (!(await answers(port))) {
    if (guard.exitCode !== null) throw new Error(`PostgreSQL did not start; see ${directory}/log.`);
    await setTimeout(50);
  }
  return guard;
}

async function answers(port: number): Promise<boolean> {
  const { Client } = await import('pg');
  const client = new Client({ host: '127.0.0.1', port, user: 'oatty', database: 'postgres' });
  client.on('error', () => {}); // it is asked again
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function end(guard: ChildProcess): Promise<void> {
  const ended = once(guard, 'exit');
  guard.stdin?.end();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on a port
  await new Promise((resolve) => server.close(resolve));
  return port;
}
