/**
 * Every tool, in the order of `tools/list`. The first one is harmless and needs no argument: some checks call it.
 */
import { catalogEditHeaders } from './catalog-edit-headers.ts';
import { catalogImportOpenapi } from './catalog-import-openapi.ts';
import { catalogList } from './catalog-list.ts';
import { catalogPreviewImport } from './catalog-preview-import.ts';
import { catalogRemove } from './catalog-remove.ts';
import { catalogSetBaseUrl } from './catalog-set-base-url.ts';
import { catalogSetEnabled } from './catalog-set-enabled.ts';
import { catalogValidateOpenapi } from './catalog-validate-openapi.ts';
import { commandGet } from './command-get.ts';
import { commandList } from './command-list.ts';
import { commandRunDestructive } from './command-run-destructive.ts';
import { commandRunSafe } from './command-run-safe.ts';
import { commandRun } from './command-run.ts';
import { commandSearch } from './command-search.ts';
import { providerList } from './provider-list.ts';
import { runList } from './run-list.ts';
import { runRespond } from './run-respond.ts';
import { runResume } from './run-resume.ts';
import { runStart } from './run-start.ts';
import { runStatus } from './run-status.ts';
import { ToolSet } from './tool-set.ts';
import type { Tool } from './tool.ts';
import { workflowAuthorAndRun } from './workflow-author-and-run.ts';
import { workflowCancel } from './workflow-cancel.ts';
import { workflowDelete } from './workflow-delete.ts';
import { workflowExecute } from './workflow-execute.ts';
import { workflowGet } from './workflow-get.ts';
import { workflowList } from './workflow-list.ts';
import { workflowPreviewInputs } from './workflow-preview-inputs.ts';
import { workflowPreviewRendered } from './workflow-preview-rendered.ts';
import { workflowPurgeHistory } from './workflow-purge-history.ts';
import { workflowRename } from './workflow-rename.ts';
import { workflowRepairAndRerun } from './workflow-repair-and-rerun.ts';
import { workflowResolveInputs } from './workflow-resolve-inputs.ts';
import { workflowRun } from './workflow-run.ts';
import { workflowSave } from './workflow-save.ts';
import { workflowStepPlan } from './workflow-step-plan.ts';
import { workflowValidate } from './workflow-validate.ts';

const tools: readonly Tool[] = [
  workflowList,
  workflowGet,
  workflowValidate,
  workflowSave,
  workflowRename,
  workflowPreviewInputs,
  workflowResolveInputs,
  workflowStepPlan,
  workflowPreviewRendered,
  workflowRun,
  workflowExecute,
  workflowAuthorAndRun,
  workflowRepairAndRerun,
  workflowCancel,
  workflowDelete,
  workflowPurgeHistory,
  runStart,
  runStatus,
  runList,
  runRespond,
  runResume,
  commandSearch,
  commandList,
  commandGet,
  commandRunSafe,
  commandRun,
  commandRunDestructive,
  providerList,
  catalogList,
  catalogValidateOpenapi,
  catalogPreviewImport,
  catalogImportOpenapi,
  catalogSetEnabled,
  catalogSetBaseUrl,
  catalogEditHeaders,
  catalogRemove,
];

export const productTools: ToolSet = new ToolSet(tools);
