/**
 * Which saved workflows a new import breaks: each is validated with the commands that are there, and with those that
 * the import brings.
 *
 *   W1. Only workflows that name a removed or changed command are looked at: in a step, or as a provider.
 *   W2. A workflow is broken by the import where something is wrong then that is right now. What was wrong before is
 *       no news.
 */
import type { CommandSource } from '@oatty/engine';
import type { CatalogChanges } from '@oatty/registry-gen';
import { nearestNames } from '@oatty/types';
import type { CatalogEntry, CatalogManifest, Command, Violation } from '@oatty/types';
import { checkDocument } from '../workflows/check-workflow.ts';
import { selectWorkflow } from '../workflows/select-workflow.ts';
import type { SelectedWorkflow } from '../workflows/select-workflow.ts';
import type { World } from '../world.ts';

export interface BrokenWorkflow {
  readonly workflow_id: string;
  /** The first thing that is wrong after the import and not before. */
  readonly violation: Violation;
  /** How many there are. */
  readonly violation_count: number;
}

export interface PlannedImport {
  readonly manifest: CatalogManifest;
  /** The catalog that is replaced. */
  readonly entry: CatalogEntry;
  readonly changes: CatalogChanges;
}

/** By id. Writes nothing. */
export async function findBrokenWorkflows(world: World, planned: PlannedImport): Promise<BrokenWorkflow[]> {
  const touched = new Set([...planned.changes.removed, ...planned.changes.changed]);
  if (touched.size === 0) return [];
  const after = toPlannedSource(world.commandSource, planned);
  const broken: BrokenWorkflow[] = [];
  for (const { workflow_id } of (await world.workflowStore.list()).items) {
    const selected = await selectUnlessGone(world, workflow_id);
    if (selected === undefined || !namesOneOf(touched, selected.document.value)) continue;
    const known = new Set((await checkDocument(world, selected.document)).violations.map(toKey));
    const { violations } = await checkDocument(world, selected.document, after);
    const [violation, ...others] = violations.filter((one) => !known.has(toKey(one)));
    if (violation !== undefined) {
      broken.push({ workflow_id, violation, violation_count: others.length + 1 });
    }
  }
  return broken;
}

// --- internal ---

/** The commands as they will be. */
function toPlannedSource(current: CommandSource, { manifest, entry }: PlannedImport): CommandSource {
  const { schemas } = manifest;
  const commands = new Map<string, Command>(manifest.commands.map((command) => [command.id, command]));
  return {
    find(commandId) {
      const command = commands.get(commandId);
      if (command !== undefined) return { command, catalog: entry, schemas };
      const found = current.find(commandId);
      return found?.catalog.id === entry.id ? undefined : found;
    },
    nearest: (commandId, limit) => nearestNames(commandId, commands.keys(), limit),
    catalogs: () => current.catalogs(),
  };
}

/** Another process may have removed it, or left half of it. */
async function selectUnlessGone(world: World, workflowId: string): Promise<SelectedWorkflow | undefined> {
  try {
    return await selectWorkflow(world, { workflowId });
  } catch {
    return undefined;
  }
}

/** W1: an id is text of its own wherever a manifest names a command. */
function namesOneOf(commandIds: ReadonlySet<string>, value: unknown): boolean {
  if (typeof value === 'string') return commandIds.has(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((member) => namesOneOf(commandIds, member));
}

function toKey({ path, rule, message }: Violation): string {
  return JSON.stringify([path, rule, message]);
}
