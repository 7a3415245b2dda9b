/**
 * One state that several processes share: a running shop, an oatty here, and programs that can be killed.
 */
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi, ShopApiOptions } from '@oatty/example-shop-api';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { createTestDatabase } from '@oatty/store/testing';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { builtProgram } from './built-program.ts';

export interface SharedState {
  readonly shop: ShopApi;
  readonly oatty: Oatty;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts a run of the manifest in a process of its own. */
  start(manifest: string, ...args: readonly string[]): Promise<StartedElsewhere>;
  /** A process that starts what is due. */
  startDue(): Promise<Program>;
  /** Another program with this state; killed at the latest when this ends. */
  launch(program: string, ...args: readonly string[]): Program;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What it prints is read; what it complains of is seen. */
type Program = ChildProcessByStdio<null, Readable, null>;

interface StartedElsewhere {
  readonly runId: string;
  readonly child: Program;
  /** What the program has printed after the id. */
  readonly lines: readonly string[];
  /** Kills it as a power failure would. */
  kill(): Promise<void>;
}

/** @param serverUrl - of a PostgreSQL that gets a database for this state; without it the state is a file */
export async function openSharedState(
  serverUrl?: string,
  shopOptions: ShopApiOptions = {},
): Promise<SharedState> {
  const database = serverUrl === undefined ? undefined : await createTestDatabase(serverUrl);
  const shop = await startShopApi({ retryAfterSeconds: 0, ...shopOptions });
  const home = await mkdtemp(join(tmpdir(), 'oatty-shared-'));
  const env = {
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
    ...(database && { DATABASE_URL: database.url }),
  };
  const oatty = await createOatty({ env, cwd: repository });
  const source = 'examples/shop-api/openapi.yaml';
  await oatty.catalogs.importOpenapi({ source, vendor: 'shop', baseUrl: shop.url });
  await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_API_KEY}' });
  const children: Program[] = [];
  const launch: SharedState['launch'] = (program, ...args) => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  };
  return {
    shop,
    oatty,
    home,
    env,
    async start(manifest, ...args) {
      const path = join(home, `${randomUUID()}.yaml`);
      await writeFile(path, manifest);
      const child = launch(builtProgram('start-run'), path, ...args);
      return { ...(await readOutput(child)), child, kill: () => kill(child) };
    },
    async startDue() {
      const child = launch(builtProgram('start-due'));
      await once(child.stdout, 'data');
      return child;
    },
    launch,
    async [Symbol.asyncDispose]() {
      await Promise.all(children.map(kill));
      await oatty.close();
      await database?.drop();
      await shop.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

// --- internal ---

const repository = fileURLToPath(new URL('../..', import.meta.url));

async function readOutput({ stdout }: Program): Promise<Pick<StartedElsewhere, 'runId' | 'lines'>> {
  const lines: string[] = [];
  const reader = createInterface({ input: stdout });
  const [runId] = (await once(reader, 'line')) as [string];
  reader.on('line', (line) => lines.push(line));
  return { runId, lines };
}

async function kill(child: Program): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
