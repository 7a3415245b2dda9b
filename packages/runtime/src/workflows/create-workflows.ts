/** Saved workflows: the table of contents. */
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';
import { findDependents, warnDependents } from './dependents.ts';
import { previewInputs, previewPlan, previewRendered, previewResolution } from './preview-workflow.ts';
import type { Preview } from './preview-workflow.ts';
import { importWorkflow, saveWorkflow, toSaveDocument } from './save-workflow.ts';
import { validateWorkflow } from './validate-workflow.ts';
import type { InputValues, ResolveOptions, Workflows, WorkflowSelector } from './workflows.ts';

export function createWorkflows(world: World): Workflows {
  const { workflowStore: store } = world;
  return {
    list: () => store.list(),
    async get(workflowId) {
      const { parsed = null, ...workflow } = await store.get(workflowId);
      return { ...workflow, parsed };
    },
    validate: (selector) => validateWorkflow(world, selector),
    save: (options) => saveWorkflow(world, options),
    import: (options) => importWorkflow(world, options),
    async exportArazzo(workflowId, options) {
      const { exportArazzo } = await import('../arazzo/export-arazzo.ts');
      return exportArazzo(world, workflowId, options);
    },
    async rename(workflowId, newId, options = {}) {
      const { caller } = options;
      const warnings = await warnDependents(world, workflowId, {
        renamedTo: newId,
        ...(caller && { caller }),
      });
      const saved = await store.rename(workflowId, newId, options);
      return { ...toSaveDocument(saved, warnings), renamed_from: workflowId };
    },
    dependentsOf: (workflowId, by) => findDependents(world, workflowId, by),
    async delete(workflowId, by) {
      const warnings = await warnDependents(world, workflowId, by);
      const { path } = await store.delete(workflowId);
      return { deleted: true, workflow_id: workflowId, path, warnings };
    },
    previewInputs: (selector, given = {}) => previewInputs(world, { selector, given }),
    resolveInputs: (...args) => previewResolution(world, toPreview(...args)),
    stepPlan: (...args) => previewPlan(world, toPreview(...args)),
    previewRendered: (...args) => previewRendered(world, toPreview(...args)),
  };
}

// --- internal ---

function toPreview(
  selector: WorkflowSelector,
  given: InputValues = {},
  { caller = libraryCaller, signal }: ResolveOptions = {},
): Preview {
  return { selector, given, by: { caller, signal } };
}
