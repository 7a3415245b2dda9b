/**
 * Everything that one opened oatty consists of, each part made when it is first needed.
 *
 * Start-up is a design matter: listing workflows must not load the interpreter, and running a command must not load
 * the reader of OpenAPI documents.
 */
import type { AuditSink, Clock, Entropy, PolicyDecider, RunStore } from '@oatty/engine';
import type { CatalogStore, CommandIndex, RuntimePaths, WorkflowStore } from '@oatty/registry';
import { createCatalogStore, createCommandIndex, createWorkflowStore, resolvePaths } from '@oatty/registry';
import { systemClock, systemEntropy } from './system-clock.ts';
import type { ModuleCatalog } from './modules/define-catalog.ts';
import { createSecretBackend } from './secrets/secret-backend.ts';
import type { SecretBackend } from './secrets/secret-backend.ts';

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
  /** Environment variables that manifests may read as `env.NAME`, besides those that their inputs name. */
  readonly allowedEnv?: readonly string[];
}

export interface World {
  readonly options: OattyOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly paths: RuntimePaths;
  readonly modules: readonly ModuleCatalog[];
  readonly catalogStore: CatalogStore;
  readonly commandIndex: CommandIndex;
  readonly workflowStore: WorkflowStore;
  readonly secretBackend: SecretBackend;
  readonly clock: Clock;
  readonly entropy: Entropy;
  /** Aborts when oatty is closed. */
  readonly closing: AbortController;
}

export function createWorld(options: OattyOptions): World {
  const env = options.env ?? process.env;
  const paths = resolvePaths(env);
  const catalogStore = createCatalogStore(paths);
  return {
    options,
    env,
    cwd: options.cwd ?? process.cwd(),
    paths,
    modules: options.modules ?? [],
    catalogStore,
    commandIndex: createCommandIndex(catalogStore),
    workflowStore: createWorkflowStore(paths),
    secretBackend: createSecretBackend(env),
    clock: systemClock,
    entropy: systemEntropy,
    closing: new AbortController(),
  };
}
