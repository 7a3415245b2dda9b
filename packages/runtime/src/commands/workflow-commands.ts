/**
 * The saved workflows as commands, registered in the command index.
 *
 *   C1. Only what is needed is read: the workflows that a manifest runs, and those that they run; all of them for
 *       search and lists.
 *   C2. A workflow that cannot be read or is not valid in its shape is no command; who asks for it is told why by the
 *       workflow store.
 *   C3. The effect of a workflow is the greatest effect of its steps, sub-workflows included. A step whose command is
 *       not there counts as destructive: nobody knows what it does.
 */
import { maxEffect } from '@oatty/types';
import type { CatalogManifest, Effect, Workflow } from '@oatty/types';
import type { CommandIndex, WorkflowStore } from '@oatty/registry';
import { toMemoryEntry } from '../modules/module-entry.ts';
import {
  fromWorkflowCommandId,
  subWorkflowIds,
  toWorkflowCommand,
  workflowVendor,
} from './workflow-command.ts';

export class WorkflowCommands {
  readonly #index: CommandIndex;
  readonly #store: WorkflowStore;
  readonly #loaded = new Map<string, LoadedWorkflow>();
  #registered = '';

  constructor(index: CommandIndex, store: WorkflowStore) {
    this.#index = index;
    this.#store = store;
  }

  has(workflowId: string): boolean {
    return this.#loaded.has(workflowId);
  }

  /** Ids of the workflows that a loaded one runs. */
  callsOf(workflowId: string): readonly string[] {
    const loaded = this.#loaded.get(workflowId);
    return loaded === undefined ? [] : subWorkflowIds(loaded.workflow);
  }

  /** Makes commands of these workflows and of all that they run. */
  async load(workflowIds: Iterable<string>): Promise<void> {
    const { items } = await this.#store.list();
    const versions = new Map(items.map(({ workflow_id, version }) => [workflow_id, version]));
    for (const id of this.#loaded.keys()) if (!versions.has(id)) this.#loaded.delete(id);
    const wanted = [...workflowIds, ...this.#loaded.keys()];
    const seen = new Set<string>();
    for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
      const version = versions.get(id);
      if (seen.has(id) || version === undefined) continue;
      seen.add(id);
      const loaded = await this.#read(id, version);
      if (loaded !== undefined) wanted.push(...subWorkflowIds(loaded.workflow));
    }
    this.#register();
  }

  async loadAll(): Promise<void> {
    const { items } = await this.#store.list();
    await this.load(items.map(({ workflow_id }) => workflow_id));
  }

  // --- internal ---

  async #read(id: string, version: string): Promise<LoadedWorkflow | undefined> {
    const known = this.#loaded.get(id);
    if (known?.version === version) return known;
    this.#loaded.delete(id);
    const { parsed } = await this.#store.get(id);
    const { workflowSchema } = await import('@oatty/types'); // zod: most calls name no workflow
    const checked = workflowSchema.safeParse(parsed);
    if (!checked.success) return undefined;
    const loaded = { version, workflow: checked.data };
    this.#loaded.set(id, loaded);
    return loaded;
  }

  #register(): void {
    const ids = [...this.#loaded.keys()].sort();
    const state = ids.map((id) => `${id}@${this.#loaded.get(id)?.version ?? ''}`).join();
    if (state === '' && this.#registered === '') return;
    this.#registered = state;
    const manifest = toManifest(
      [...this.#loaded.values()].map(({ workflow }) =>
        toWorkflowCommand(workflow, this.#effectOf(workflow, new Set())),
      ),
    );
    this.#index.register({ entry: toMemoryEntry(manifest), manifest });
  }

  #effectOf({ workflow: id, steps }: Workflow, above: ReadonlySet<string>): Effect {
    if (above.has(id)) return 'safe'; // a workflow that runs itself is a violation; it adds nothing here
    const path = new Set([...above, id]);
    return steps.map(({ run }) => this.#effectOfCommand(run, path)).reduce(maxEffect, 'safe');
  }

  #effectOfCommand(commandId: string, above: ReadonlySet<string>): Effect {
    const workflowId = fromWorkflowCommandId(commandId);
    if (workflowId === undefined) return this.#index.find(commandId)?.command.effect ?? 'destructive';
    const loaded = this.#loaded.get(workflowId);
    return loaded === undefined ? 'destructive' : this.#effectOf(loaded.workflow, above);
  }
}

interface LoadedWorkflow {
  readonly version: string;
  readonly workflow: Workflow;
}

/** No title makes this id, so no catalog on disk can have it. */
const catalogId = '_workflows';

function toManifest(commands: CatalogManifest['commands']): CatalogManifest {
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
