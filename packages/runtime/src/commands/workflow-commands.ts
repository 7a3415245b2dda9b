/**
 * The saved workflows as commands, registered in the command index.
 *
 *   C1. Only what is needed is read: the workflows that a manifest runs, and those that they run; all of them for
 *       search and lists.
 *   C2. A workflow that cannot be read or is not valid in its shape is no command; who asks for it is told why by the
 *       workflow store.
 *   C3. They are registered again when one of them has changed, or a catalog: their effects come from its commands.
 */
import type {
  CatalogStore,
  CommandIndex,
  WorkflowListing,
  WorkflowStore,
  WorkflowText,
} from '@oatty/registry';
import type { CatalogEntry, CatalogManifest, Command, Effect } from '@oatty/types';
import { toMemoryEntry } from '../modules/memory-entry.ts';
import type { SavedWorkflow } from './saved-workflow.ts';
import { subWorkflowIds, workflowVendor } from './workflow-command-id.ts';
import { effectsOfWorkflows } from './workflow-effects.ts';

export interface WorkflowCommandsPorts {
  readonly commandIndex: CommandIndex;
  readonly catalogStore: CatalogStore;
  readonly workflowStore: WorkflowStore;
}

export class WorkflowCommands {
  readonly #ports: WorkflowCommandsPorts;
  readonly #loaded = new Map<string, SavedWorkflow>();
  /** The catalogs that the registered effects come from; `undefined` once a workflow has changed. */
  #catalogs: readonly CatalogEntry[] | undefined;

  constructor(ports: WorkflowCommandsPorts) {
    this.#ports = ports;
  }

  has(workflowId: string): boolean {
    return this.#loaded.has(workflowId);
  }

  /** Ids of the workflows that a loaded one runs. */
  callsOf(workflowId: string): readonly string[] {
    const loaded = this.#loaded.get(workflowId);
    return loaded === undefined ? [] : subWorkflowIds(loaded.workflow);
  }

  /** Makes commands of these workflows and of all that they run, and brings those up to date that were loaded before. */
  async load(workflowIds: Iterable<string>): Promise<void> {
    const { items } = await this.#ports.workflowStore.list();
    await this.#loadFrom(items, workflowIds);
  }

  async loadAll(): Promise<void> {
    const { items } = await this.#ports.workflowStore.list();
    const ids = items.map(({ workflow_id }) => workflow_id);
    await this.#loadFrom(items, ids);
  }

  async #loadFrom(items: readonly WorkflowListing[], workflowIds: Iterable<string>): Promise<void> {
    const listed = new Map(items.map((item) => [item.workflow_id, item]));
    const wanted = [...workflowIds, ...this.#loaded.keys()];
    const seen = new Set<string>();
    for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const loaded = await this.#read(listed.get(id));
      if (loaded !== this.#loaded.get(id)) this.#catalogs = undefined;
      if (loaded === undefined) this.#loaded.delete(id);
      else this.#loaded.set(id, loaded);
      wanted.push(...this.callsOf(id));
    }
    const catalogs = await this.#ports.catalogStore.list(); // the same list until one changes
    if (catalogs === this.#catalogs) return;
    this.#register();
    this.#catalogs = catalogs;
  }

  async #read(item: WorkflowListing | undefined): Promise<SavedWorkflow | undefined> {
    const known = item && this.#loaded.get(item.workflow_id);
    if (item === undefined || known?.version === item.version) return known;
    const text = this.#readText(item);
    const { readSavedWorkflow } = await import('./saved-workflow.ts');
    return text && readSavedWorkflow(text);
  }

  /** C2. It may have gone since it was listed. */
  #readText(item: WorkflowListing): WorkflowText | undefined {
    try {
      return this.#ports.workflowStore.readListed(item);
    } catch {
      return undefined;
    }
  }

  #register(): void {
    const { commandIndex } = this.#ports;
    if (this.#loaded.size === 0) return commandIndex.unregister(catalogId);
    const workflows = new Map([...this.#loaded].map(([id, { workflow }]) => [id, workflow]));
    const effects = effectsOfWorkflows(workflows, (id) => this.#effectOf(id));
    const commands = [...this.#loaded].map(([id, { command }]) => ({
      ...command,
      effect: effects.get(id) ?? 'destructive',
    }));
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
