/**
 * Everything that one opened oatty consists of, each part made when it is first needed.
 *
 * Start-up is a design matter: listing workflows must not load the interpreter, and running a command must not load
 * the reader of OpenAPI documents. So the engine comes in by `import()`, once.
 */
import type {
  Clock,
  CommandSource,
  Dispatcher,
  Entropy,
  ProviderCache,
  Runner,
  RunStore,
  ScheduleStore,
} from '@oatty/engine';
import { createCatalogStore, createCommandIndex, createWorkflowStore, resolvePaths } from '@oatty/registry';
import type { CatalogStore, CommandIndex, RuntimePaths, WorkflowStore } from '@oatty/registry';
import type { DurableJournal } from '@oatty/store';
import type { TaskEvents, TasksPorts } from '@oatty/tasks';
import type { Catalog } from '@oatty/types';
import { dirname } from 'node:path';
import { BackgroundTrouble } from './background-trouble.ts';
import { builtInCatalog } from './commands/built-in-catalog.ts';
import { createCommandSource } from './commands/command-source.ts';
import { WorkflowCommands } from './commands/workflow-commands.ts';
import { createUserFiles } from './files.ts';
import type { UserFiles } from './files.ts';
import { toMemoryEntry } from './modules/memory-entry.ts';
import { openTasksPorts } from './modules/open-tasks-ports.ts';
import { once } from './once.ts';
import type { Once } from './once.ts';
import { openDispatcher, openRunner } from './open-engine.ts';
import { openScheduleStore, openStore, openWorldJournal } from './open-store.ts';
import type { OattyOptions } from './options.ts';
import { createSecretBackend } from './secrets/secret-backend.ts';
import type { SecretBackend } from './secrets/secret-backend.ts';
import { openSharedKey } from './shared-key.ts';
import { systemClock, systemEntropy } from './system-clock.ts';

export interface World {
  readonly options: OattyOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly paths: RuntimePaths;
  /** Catalogs written in TypeScript. */
  readonly modules: readonly Catalog[];
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
  /** Goes to whoever listens for what goes wrong in the background. */
  readonly trouble: BackgroundTrouble;
  /** Opened here, and closed with oatty. */
  readonly journal: Once<DurableJournal>;
  /** What runs are kept in: the journal, or what was given instead. */
  readonly store: Once<RunStore>;
  /** In the same place. */
  readonly schedules: Once<ScheduleStore>;
  readonly sharedKey: Once<Buffer>;
  readonly dispatcher: Once<Dispatcher>;
  readonly runner: Once<Runner>;
  readonly providerCache: Once<ProviderCache>;
  /** What the tasks catalog needs, and what happens to its tasks. */
  readonly tasks: Once<TasksPorts>;
  readonly taskEvents: Once<TaskEvents>;
}

export function createWorld(options: OattyOptions): World {
  const env = options.env ?? process.env;
  const cwd = options.cwd ?? process.cwd();
  const paths = resolvePaths(env);
  const catalogStore = createCatalogStore(paths);
  const commandIndex = createCommandIndex(catalogStore);
  commandIndex.register(builtInCatalog);
  const workflowStore = createWorkflowStore(paths);
  const world: World = {
    options,
    env,
    cwd,
    paths,
    modules: (options.modules ?? []).map(({ manifest }) => ({ entry: toMemoryEntry(manifest), manifest })),
    catalogStore,
    commandIndex,
    commandSource: createCommandSource(commandIndex),
    workflowStore,
    workflowCommands: new WorkflowCommands({ commandIndex, catalogStore, workflowStore }),
    secretBackend: createSecretBackend(env),
    files: createUserFiles(cwd, dirname(paths.stateFile)),
    clock: systemClock,
    entropy: systemEntropy,
    closing: new AbortController(),
    trouble: new BackgroundTrouble(systemClock, options.onBackgroundError),
    journal: once(() => openWorldJournal(world)),
    store: once(() => openStore(world)),
    schedules: once(() => openScheduleStore(world)),
    sharedKey: once(() => openSharedKey(world)),
    dispatcher: once(() => openDispatcher(world)),
    runner: once(() => openRunner(world)),
    providerCache: once(async () => new (await import('@oatty/engine')).ProviderCache()),
    tasks: once(() => openTasksPorts(world)),
    taskEvents: once(async () => (await import('@oatty/tasks')).createTaskEvents(await world.tasks())),
  };
  return world;
}
