/**
 * Why saved workflows that a manifest runs cannot run themselves: their files may have been changed by hand, or the
 * commands that they run.
 */
import type { CommandSource, ManifestDocument } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import type { World } from '../world.ts';
import { selectWorkflow } from './select-workflow.ts';

/**
 * @param workflowIds - saved ones that are loaded as commands
 * @returns for each that cannot run, the first reason, in itself or in a workflow that it runs
 */
export async function findSubWorkflowFlaws(
  world: World,
  workflowIds: readonly string[],
  commands: CommandSource,
): Promise<ReadonlyMap<string, string>> {
  const flaws = new Map<string, string | undefined>();
  const found = new Map<string, string>();
  for (const id of new Set(workflowIds)) {
    for (const reached of reachableFrom(id, world)) {
      if (!flaws.has(reached)) flaws.set(reached, await findFlaw(world, reached, commands));
      const flaw = flaws.get(reached);
      if (flaw !== undefined && !found.has(id))
        found.set(id, reached === id ? flaw : `it runs "${reached}", ${flaw}`);
    }
  }
  return found;
}

// --- internal ---

/** The workflow itself first, then what it runs. */
function reachableFrom(id: string, { workflowCommands }: World): ReadonlySet<string> {
  const reached = new Set([id]);
  for (const next of reached) {
    for (const called of workflowCommands.callsOf(next))
      if (workflowCommands.has(called)) reached.add(called);
  }
  return reached;
}

async function findFlaw(
  world: World,
  workflowId: string,
  commands: CommandSource,
): Promise<string | undefined> {
  const document = await readDocument(world, workflowId);
  if (typeof document === 'string') return document;
  const { validateWorkflow } = await import('@oatty/engine');
  const { violations } = validateWorkflow(document, { commands, workflows: world.workflowCommands });
  return violations.length === 0 ? undefined : describe(violations);
}

/** Another process may have removed or broken it a moment ago. */
async function readDocument(world: World, workflowId: string): Promise<ManifestDocument | string> {
  try {
    return (await selectWorkflow(world, { workflowId })).document;
  } catch (thrown) {
    return `which cannot be read: ${OattyError.from(thrown).message}`;
  }
}

function describe(violations: readonly Violation[]): string {
  const [first] = violations;
  const count = violations.length === 1 ? 'one violation' : `${violations.length} violations`;
  return `which has ${count}: ${first?.path} ${first?.message}`;
}
