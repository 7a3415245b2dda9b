import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import type { World } from '../world.ts';
import { checkDocument, workflowIdOf } from './check-workflow.ts';
import { selectWorkflow } from './select-workflow.ts';
import type { SelectedWorkflow } from './select-workflow.ts';
import type { WorkflowSelector, WorkflowValidationDocument } from './workflows.ts';

/** What does not parse is a violation like others here, and an error everywhere else. */
export async function validateWorkflow(
  world: World,
  selector: WorkflowSelector,
): Promise<WorkflowValidationDocument> {
  const selected = await selectOrExplain(world, selector);
  if ('rule' in selected) return { valid: false, workflow_id: null, violations: [selected], warnings: [] };
  const { violations, warnings } = await checkDocument(world, selected.document);
  return {
    valid: violations.length === 0,
    workflow_id: workflowIdOf(selected.document.value) ?? null,
    violations,
    warnings,
  };
}

// --- internal ---

async function selectOrExplain(
  world: World,
  selector: WorkflowSelector,
): Promise<SelectedWorkflow | Violation> {
  try {
    return await selectWorkflow(world, selector);
  } catch (thrown) {
    const { code, message, options } = OattyError.from(thrown);
    if (code !== 'WORKFLOW_PARSE_FAILED') throw thrown;
    const { line, column } = options.context ?? {};
    const place = typeof line === 'number' && typeof column === 'number' ? { line, column } : {};
    return { path: '$', rule: 'parse', message, ...place };
  }
}
