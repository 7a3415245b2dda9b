/** Each workflow file: whether it can be read, and whether it would run with the catalogs that are there. */
import { validateWorkflow } from '../workflows/validate-workflow.ts';
import type { World } from '../world.ts';
import { broken, ok } from './finding.ts';
import type { Note } from './finding.ts';

export async function examineWorkflows(world: World): Promise<Note[]> {
  const { items, problems } = await world.workflowStore.list();
  const notes = problems.map(({ path, message }) =>
    broken(path, message, `Correct ${path}, or move it away.`),
  );
  for (const { workflow_id } of items) notes.push(await examineWorkflow(workflow_id, world));
  return notes;
}

// --- internal ---

async function examineWorkflow(workflowId: string, world: World): Promise<Note> {
  const { violations, warnings } = await validateWorkflow(world, { workflowId });
  const [first] = violations;
  if (first === undefined) {
    const count = warnings.length;
    return ok(workflowId, count === 0 ? 'Valid.' : `Valid, ${count} warning${count === 1 ? '' : 's'}.`);
  }
  const more = violations.length > 1 ? ` And ${violations.length - 1} more.` : '';
  return broken(
    workflowId,
    `${first.line === undefined ? '' : `Line ${first.line}: `}${first.message}${more}`,
    first.suggestion ?? `See oatty workflow show ${workflowId} and correct it.`,
  );
}
