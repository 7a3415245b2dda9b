/**
 * The command line, with settings of its own: in this process, or as the built binary in another one.
 *
 *   L1. A call runs in this process, from the sources and on streams in memory, which takes a tenth of the time.
 *   L2. What a process adds (signals, pipes, exit codes, several at a time, a run that goes on alone) is tested with the
 *       binary, and so is one call of each command, since each loads other parts of it.
 *   L3. `pnpm test` builds the binary first; `pnpm build` does when a test file is run by hand.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi } from '@oatty/example-shop-api';
import { runCli } from '../../packages/cli/src/run-cli.ts';
import { captureIo } from '../../packages/cli/test/captured-io.ts';

export const repository: string = fileURLToPath(new URL('../..', import.meta.url));
const binary = join(repository, 'packages/cli/dist/main.js');

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface CallOptions {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

interface ProcessOptions extends CallOptions {
  /** Arguments of Node itself. */
  readonly node?: readonly string[];
}

interface Calls {
  run(...args: readonly string[]): Promise<Outcome>;
  runWith(options: CallOptions, ...args: readonly string[]): Promise<Outcome>;
  /** Runs with `--json` and gives the document. */
  json(...args: readonly string[]): Promise<JsonOutcome>;
}

export interface CommandLine extends Calls {
  /** Where its settings are. */
  readonly home: string;
  /** The same calls, each as a process of the built binary. */
  readonly binary: Calls;
  /** A process of the built binary that goes on. */
  start(options: ProcessOptions, ...args: readonly string[]): ChildProcessWithoutNullStreams;
  /** Writes a file below the home. @returns its path */
  write(name: string, text: string): Promise<string>;
  read(name: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface JsonOutcome extends Outcome {
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read into documents, and compare what they find
  readonly document: any;
}

/** One with nothing in it, or a copy of another's home. */
export async function openCommandLine(template?: string): Promise<CommandLine> {
  const home = await mkdtemp(join(tmpdir(), 'oatty-cli-'));
  if (template !== undefined) await cp(template, home, { recursive: true, preserveTimestamps: true });
  const start: CommandLine['start'] = ({ env = {}, cwd = repository, node = [] }, ...args) =>
    spawn(process.execPath, [...node, binary, ...args], { env: { ...ownEnvironment(home), ...env }, cwd });
  return {
    home,
    start,
    binary: callsBy((options, ...args) => {
      const child = start(options, ...args);
      child.stdin.on('error', () => {}); // it may end without reading
      child.stdin.end(options.stdin ?? '');
      return outcomeOf(child);
    }),
    ...callsBy(({ env, cwd = repository, stdin = '' }, ...args) =>
      callHere({ env: { ...ownEnvironment(home), ...env }, cwd, stdin }, args),
    ),
    async write(name, text) {
      const path = join(home, name);
      await writeFile(path, text);
      return path;
    },
    read: (name) => readFile(join(home, name), 'utf8'),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
  };
}

export interface ShopCommandLines {
  readonly shop: ShopApi;
  /** One that has imported the shop and may call it; the shop is as new. */
  open(): Promise<CommandLine>;
  close(): Promise<void>;
}

/** The shop is imported once, and its files are copied for each test. */
export async function openShopCommandLines(): Promise<ShopCommandLines> {
  const shop = await startShopApi({ retryAfterSeconds: 0 });
  const template = await openCommandLine();
  const description = 'examples/shop-api/openapi.yaml';
  await mustSucceed(template, 'import', description, '--vendor', 'shop', '--base-url', shop.url);
  await mustSucceed(template, 'catalog', 'auth', 'shop-api', 'apiKey', '--set', 'value=${env:SHOP_API_KEY}');
  return {
    shop,
    open() {
      shop.reset();
      return openCommandLine(template.home);
    },
    async close() {
      await shop.close();
      await template[Symbol.asyncDispose]();
    },
  };
}

export async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, ...texts };
}

/** The one line of ErrorData that stderr ends with. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests read into it
export function errorOf({ stderr }: Outcome): any {
  const last = stderr.trimEnd().split('\n').at(-1) ?? '';
  return (JSON.parse(last) as { data: unknown }).data;
}

// --- internal ---

function callsBy(runWith: Calls['runWith']): Calls {
  return {
    runWith,
    run: (...args) => runWith({}, ...args),
    async json(...args) {
      const outcome = await runWith({}, ...args, '--json');
      return { ...outcome, document: outcome.stdout === '' ? undefined : JSON.parse(outcome.stdout) };
    },
  };
}

async function callHere(options: Required<CallOptions>, args: readonly string[]): Promise<Outcome> {
  const io = captureIo(options);
  const exitCode = await runCli(args, io, new AbortController().signal);
  return { exitCode, stdout: io.out(), stderr: io.err() };
}

function ownEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
  };
}

async function mustSucceed(commandLine: CommandLine, ...args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await commandLine.run(...args);
  if (exitCode !== 0) throw new Error(`oatty ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
}
