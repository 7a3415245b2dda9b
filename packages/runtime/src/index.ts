export { toWriting as toDraftWriting } from './authoring/draft.ts';
export type { Writing as DraftWriting } from './authoring/draft.ts';
export type { AuthorOptions, Operations, RepairOptions } from './authoring/operations.ts';
export { createOatty } from './create-oatty.ts';
export type { RequestPreview } from '@oatty/api';
export type { HeaderEdit, WorkflowFormat } from '@oatty/registry';
export { readUrl } from '@oatty/registry-gen';
export { OattyError } from '@oatty/types';
export type {
  CatalogDocument,
  CatalogImportDocument,
  CatalogListDocument,
  CatalogListItem,
  CatalogRemovalDocument,
  CatalogSettingsDocument,
  CatalogToggleDocument,
  Catalogs,
  DescriptionSource,
  ImportConsequences,
  ImportOptions,
  ImportPreviewOptions,
  ImportPreviewDocument,
  OpenapiValidationDocument,
  Problem,
  SettingOptions,
} from './catalogs/catalogs.ts';
export type { ApproveExposure, CatalogExposure } from './catalogs/exposure.ts';
export type { BrokenWorkflow } from './catalogs/find-broken-workflows.ts';
export type { Changes, ChangeWatch } from './changes/watch-changes.ts';
export type {
  CatalogPageOptions,
  CommandBrief,
  CommandCatalogDocument,
  CommandDocument,
  CommandPage,
  CommandRunOptions,
  Commands,
  ProviderCatalogDocument,
  ProviderListing,
  SearchDocument,
  SearchOptions,
} from './commands/commands.ts';
export { adviseOnBundled, comesWithOatty } from './modules/bundled-catalogs.ts';
export { defineCatalog } from './modules/define-catalog.ts';
export type { ModuleCatalog } from './modules/define-catalog.ts';
export { defineCommand } from '@oatty/types';
export type { CatalogDefinition, CommandDefinition, HandlerContext, ModuleCommand } from '@oatty/types';
export { examineSetup } from './doctor/examine-setup.ts';
export type { ExamineOptions } from './doctor/examine-setup.ts';
export { libraryVariables } from './doctor/examine-environment.ts';
export type { DoctorDocument, Finding } from './doctor/finding.ts';
export type { Oatty, OattyPaths } from './oatty.ts';
export type { Limits, OattyOptions } from './options.ts';
export type {
  PruneDocument,
  PruneOptions,
  ReplayOptions,
  ResumeOptions,
  ResumePlanDocument,
  RunHandle,
  RunInspection,
  RunListQuery,
  RunQueueOptions,
  RunReplay,
  RunStartOptions,
  Runs,
} from './runs/runs.ts';
export { requireOpenQuestion } from './runs/open-question.ts';
export type { Worker, WorkOptions } from './queues/worker.ts';
export type { ScheduleOptions, ScheduleResumeOptions, Schedules } from './schedules/schedules.ts';
export type { Secrets } from './secrets/secrets.ts';
export { nameDependents } from './workflows/dependents.ts';
export type {
  InputValues,
  InputsPreviewDocument,
  InputsResolutionDocument,
  RenderedPreviewDocument,
  ResolveOptions,
  StepPlanDocument,
  ArazzoExportDocument,
  ArazzoExportOptions,
  ArazzoImportDocument,
  WorkflowDependents,
  WorkflowDocument,
  WorkflowImportDocument,
  WorkflowImportOptions,
  WorkflowListDocument,
  WorkflowSaveDocument,
  WorkflowSaveOptions,
  WorkflowSelector,
  WorkflowValidationDocument,
  Workflows,
} from './workflows/workflows.ts';
export { isTelemetryConfigured, openTelemetry } from './telemetry/telemetry.ts';
export type { Operation, Telemetry, TelemetryOptions } from './telemetry/telemetry.ts';
