/**
 * Everything that one opened oatty consists of, each part made when it is first needed.
 *
 * Start-up is a design matter: listing workflows must not load the interpreter, and running a command must not load
 * the reader of OpenAPI documents. So the engine comes in by `import()`, once.
 */
import type {
  AuditSink,
  Clock,
  CommandSource,
  Dispatcher,
  Entropy,
  PolicyDecider,
  Runner,
  RunStore,
} from '@oatty/engine';
import type { ProviderCache } from '@oatty/engine';
import { createCatalogStore, createCommandIndex, createWorkflowStore, resolvePaths } from '@oatty/registry';
import type { CatalogStore, CommandIndex, RuntimePaths, WorkflowStore } from '@oatty/registry';
import type { CatalogEntry, OattyError } from '@oatty/types';
import { dirname } from 'node:path';
import { createCommandSource } from './commands/command-source.ts';
import { createHttpExecutor } from './commands/http-executor.ts';
import { WorkflowCommands } from './commands/workflow-commands.ts';
import { createUserFiles } from './files.ts';
import type { UserFiles } from './files.ts';
import type { ModuleCatalog } from './modules/define-catalog.ts';
import { createModuleExecutor } from './modules/module-executor.ts';
import { toMemoryEntry } from './modules/module-entry.ts';
import { createPrepare } from './runs/complete-inputs.ts';
import { createSubWorkflowInputs } from './runs/sub-workflow-inputs.ts';
import { createSecretBackend } from './secrets/secret-backend.ts';
import type { SecretBackend } from './secrets/secret-backend.ts';
import { createEnvironmentSource, createSecretSource } from './secrets/secret-source.ts';
import { systemClock, systemEntropy } from './system-clock.ts';
import { createWorkflowSource } from './workflows/workflow-source.ts';

export interface OattyOptions {
  /** Environment variables; default those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Directory that relative paths start from; default that of the process. */
  readonly cwd?: string;
  /** Catalogs written in TypeScript, made by `defineCatalog`. */
  readonly modules?: readonly ModuleCatalog[];
  /** Answers allow, ask or deny for each call; default: allow. */
  readonly policy?: PolicyDecider;
  /** Takes the audit trail; default: none is kept. */
  readonly audit?: AuditSink;
  /** The journal; default: in memory, gone with the process. */
  readonly store?: RunStore;
  /** Environment variables that every manifest may read as `env.NAME`; others only where an input names them. */
  readonly allowedEnv?: readonly string[];
  /** Hears of runs that could not be carried on here: a journal that cannot be written, say. */
  readonly onBackgroundError?: (error: OattyError) => void;
}

export interface World {
  readonly options: OattyOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly paths: RuntimePaths;
  readonly moduleEntries: readonly CatalogEntry[];
  readonly catalogStore: CatalogStore;
  readonly commandIndex: CommandIndex;
  readonly commandSource: CommandSource;
  readonly workflowStore: WorkflowStore;
  readonly workflowCommands: WorkflowCommands;
  readonly secretBackend: SecretBackend;
  readonly files: UserFiles;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Aborts when oatty is closed. */
  readonly closing: AbortController;
  readonly store: () => Promise<RunStore>;
  readonly dispatcher: () => Promise<Dispatcher>;
  readonly runner: () => Promise<Runner>;
  readonly providerCache: () => Promise<ProviderCache>;
  /** The runner, if something needed it. */
  readonly openedRunner: () => Promise<Runner> | undefined;
}

export function createWorld(options: OattyOptions): World {
  const env = options.env ?? process.env;
  const cwd = options.cwd ?? process.cwd();
  const paths = resolvePaths(env);
  const modules = options.modules ?? [];
  const catalogStore = createCatalogStore(paths);
  const commandIndex = createCommandIndex(catalogStore);
  for (const { manifest } of modules) commandIndex.register({ entry: toMemoryEntry(manifest), manifest });
  const workflowStore = createWorkflowStore(paths);
  const runner = once(() => createWorldRunner(world));
  const world: World = {
    options,
    env,
    cwd,
    paths,
    moduleEntries: modules.map(({ manifest }) => toMemoryEntry(manifest)),
    catalogStore,
    commandIndex,
    commandSource: createCommandSource(commandIndex),
    workflowStore,
    workflowCommands: new WorkflowCommands(commandIndex, workflowStore),
    secretBackend: createSecretBackend(env),
    files: createUserFiles(cwd, dirname(paths.stateFile)),
    clock: systemClock,
    entropy: systemEntropy,
    closing: new AbortController(),
    store: once(async () => options.store ?? (await import('@oatty/engine')).createMemoryRunStore()),
    dispatcher: once(() => createWorldDispatcher(world, modules)),
    runner: runner,
    providerCache: once(async () => new (await import('@oatty/engine')).ProviderCache()),
    openedRunner: () => runner.opened(),
  };
  return world;
}

// --- internal ---

const allowAll: PolicyDecider = { decide: () => Promise.resolve({ kind: 'allow' }) };
const keepNoAudit: AuditSink = { record: () => Promise.resolve() };

async function createWorldDispatcher(world: World, modules: readonly ModuleCatalog[]): Promise<Dispatcher> {
  const { createDispatcher, createWorkflowExecutor } = await import('@oatty/engine');
  const store = await world.store();
  const workflows = createWorkflowSource(world);
  const resolveInputs = createSubWorkflowInputs(world);
  return createDispatcher({
    commands: world.commandSource,
    executors: {
      http: createHttpExecutor(world),
      module: createModuleExecutor(modules),
      workflow: {
        // The runner needs the dispatcher, so it is made at the first call.
        async execute(call) {
          const runner = await world.runner();
          const { clock, entropy } = world;
          const ports = { runner: () => runner, store, clock, entropy };
          return createWorkflowExecutor({ ...ports, workflows, resolveInputs }).execute(call);
        },
      },
    },
    policy: world.options.policy ?? allowAll,
    audit: world.options.audit ?? keepNoAudit,
    clock: world.clock,
  });
}

async function createWorldRunner(world: World): Promise<Runner> {
  const { createRunner } = await import('@oatty/engine');
  return createRunner({
    store: await world.store(),
    commands: world.commandSource,
    dispatcher: await world.dispatcher(),
    secrets: createSecretSource(world),
    environment: createEnvironmentSource(world),
    clock: world.clock,
    entropy: world.entropy,
    prepare: createPrepare(world),
  });
}

interface Once<Value> {
  (): Promise<Value>;
  opened(): Promise<Value> | undefined;
}

/** Made at the first call; a failure is tried again at the next one. */
function once<Value>(make: () => Promise<Value>): Once<Value> {
  let made: Promise<Value> | undefined;
  const get = () => {
    made ??= make().catch((thrown: unknown) => {
      made = undefined;
      throw thrown;
    });
    return made;
  };
  return Object.assign(get, { opened: () => made });
}
