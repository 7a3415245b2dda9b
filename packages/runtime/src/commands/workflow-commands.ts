/**
 * The saved workflows as commands, registered in the command index.
 *
 *   C1. Only what is needed is registered: the workflows that a manifest runs, and those that they run; all of them
 *       for search and lists.
 *   C2. A file that holds no workflow is no command; who asks for it is told why by the workflow store.
 *   C3. They are registered again when one of them has changed, or a catalog: their effects come from its commands.
 */
import type { CatalogStore, CommandIndex, SignedWorkflow, WorkflowStore } from '@oatty/registry';
import type { CatalogEntry, CatalogManifest, Command, Effect } from '@oatty/types';
import { toMemoryEntry } from '../modules/memory-entry.ts';
import { subWorkflowIds, toWorkflowCommand, workflowVendor } from './workflow-command.ts';
import { effectsOfWorkflows } from './workflow-effects.ts';

export interface WorkflowCommandsPorts {
  readonly commandIndex: CommandIndex;
  readonly catalogStore: CatalogStore;
  readonly workflowStore: WorkflowStore;
}

export class WorkflowCommands {
  readonly #ports: WorkflowCommandsPorts;
  #registered: ReadonlyMap<string, SignedWorkflow> = new Map();
  /** The catalogs that the registered effects come from. */
  #catalogs: readonly CatalogEntry[] | undefined;

  constructor(ports: WorkflowCommandsPorts) {
    this.#ports = ports;
  }

  has(workflowId: string): boolean {
    return this.#registered.has(workflowId);
  }

  /** Ids of the workflows that a registered one runs. */
  callsOf(workflowId: string): readonly string[] {
    return subWorkflowIds(this.#registered.get(workflowId)?.signature.runs ?? []);
  }

  /** Makes commands of these workflows and of all that they run, and brings up to date those that are commands already. */
  async load(workflowIds: Iterable<string>): Promise<void> {
    const { saved, catalogs } = await this.#read();
    // Nothing is awaited from here on, so that calls at the same time do not undo each other.
    this.#register(closureOf([...workflowIds, ...this.#registered.keys()], saved), catalogs);
  }

  async loadAll(): Promise<void> {
    const { saved, catalogs } = await this.#read();
    this.#register(saved, catalogs);
  }

  async #read() {
    const { workflowStore, catalogStore } = this.#ports;
    const workflows = await workflowStore.signatures();
    const catalogs = await catalogStore.list(); // the same list until one changes
    return {
      saved: new Map(workflows.map((workflow) => [workflow.listing.workflow_id, workflow])),
      catalogs,
    };
  }

  #register(workflows: ReadonlyMap<string, SignedWorkflow>, catalogs: readonly CatalogEntry[]): void {
    if (catalogs === this.#catalogs && isSame(workflows, this.#registered)) return;
    this.#registered = workflows;
    this.#catalogs = catalogs;
    const { commandIndex } = this.#ports;
    if (workflows.size === 0) return commandIndex.unregister(catalogId);
    const effects = effectsOfWorkflows(workflows, (id) => this.#effectOf(id));
    const commands = [...workflows].map(([id, workflow]) =>
      toWorkflowCommand(workflow, effects.get(id) ?? 'destructive'),
    );
    const manifest = toManifest(commands);
    commandIndex.register({ entry: toMemoryEntry(manifest), manifest });
  }

  /** A catalog that cannot be read harms no other. */
  #effectOf(commandId: string): Effect | undefined {
    try {
      return this.#ports.commandIndex.find(commandId)?.command.effect;
    } catch {
      return undefined;
    }
  }
}

// --- internal ---

/** C1 */
function closureOf(
  workflowIds: readonly string[],
  saved: ReadonlyMap<string, SignedWorkflow>,
): ReadonlyMap<string, SignedWorkflow> {
  const wanted = [...workflowIds];
  const found = new Map<string, SignedWorkflow>();
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    const workflow = saved.get(id);
    if (workflow === undefined || found.has(id)) continue;
    found.set(id, workflow);
    wanted.push(...subWorkflowIds(workflow.signature.runs));
  }
  return found;
}

function isSame(
  first: ReadonlyMap<string, SignedWorkflow>,
  second: ReadonlyMap<string, SignedWorkflow>,
): boolean {
  if (first.size !== second.size) return false;
  return [...first].every(([id, { listing }]) => second.get(id)?.listing.version === listing.version);
}

/** No title makes this id, so no catalog on disk can have it. */
const catalogId = '_workflows';

function toManifest(commands: readonly Command[]): CatalogManifest {
  return {
    format_version: 1,
    id: catalogId,
    title: 'Saved workflows',
    vendor: workflowVendor,
    description: 'Every saved workflow is a command.',
    kind: 'workflow',
    document: 'workflow',
    base_urls: [],
    security_schemes: {},
    commands: commands.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    providers: [],
    schemas: {},
  };
}
