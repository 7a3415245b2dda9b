import { boundViolations, OattyError } from '@oatty/types';
import type { ErrorCode, Violation } from '@oatty/types';
import type { World } from '../world.ts';
import { checkDocument, workflowIdOf } from './check-workflow.ts';
import { selectWorkflow } from './select-workflow.ts';
import type { SelectedWorkflow } from './select-workflow.ts';
import type { WorkflowSelector, WorkflowValidationDocument } from './workflows.ts';

/** What does not parse, or is too large, is a violation like others here, and an error everywhere else. */
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
    violations: boundViolations(violations),
    warnings: boundViolations(warnings),
  };
}

/** What does not parse is told as a violation. */
export async function selectOrExplain(
  world: World,
  selector: WorkflowSelector,
): Promise<SelectedWorkflow | Violation> {
  try {
    return await selectWorkflow(world, selector);
  } catch (thrown) {
    const { code, message, options } = OattyError.from(thrown);
    const rule = unreadable[code];
    if (rule === undefined) throw thrown;
    const { line, column } = options.context ?? {};
    return {
      path: '$',
      rule,
      message,
      ...(typeof line === 'number' && typeof column === 'number' && { line, column }),
      ...(options.suggestedAction !== undefined && { suggestion: options.suggestedAction }),
    };
  }
}

// --- internal ---

const unreadable: Partial<Record<ErrorCode, string>> = {
  WORKFLOW_PARSE_FAILED: 'parse',
  LIMIT_EXCEEDED: 'limit_exceeded',
};
