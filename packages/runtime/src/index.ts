export { createOatty } from './create-oatty.ts';
export type {
  CatalogChanges,
  CatalogDocument,
  CatalogImportDocument,
  CatalogListDocument,
  CatalogListItem,
  CatalogRemovalDocument,
  CatalogSettingsDocument,
  CatalogToggleDocument,
  Catalogs,
  DescriptionSource,
  HeaderEdit,
  ImportOptions,
  ImportPreviewDocument,
  OpenapiValidationDocument,
  Problem,
} from './catalogs/catalogs.ts';
export type {
  CommandDocument,
  CommandPage,
  CommandRunOptions,
  Commands,
  RequestPreview,
  SearchDocument,
  SearchOptions,
} from './commands/commands.ts';
export { defineCatalog, defineCommand } from './modules/define-catalog.ts';
export type {
  CatalogDefinition,
  CommandDefinition,
  HandlerContext,
  ModuleCatalog,
  ModuleCommand,
} from './modules/define-catalog.ts';
export type { Oatty, OattyPaths } from './oatty.ts';
export type { OattyOptions } from './world.ts';
export type { RunHandle, RunInspection, RunListQuery, RunStartOptions, Runs } from './runs/runs.ts';
export type { Secrets } from './secrets/secrets.ts';
export type {
  InputValues,
  InputsPreviewDocument,
  InputsResolutionDocument,
  RenderedPreviewDocument,
  StepPlanDocument,
  WorkflowDocument,
  WorkflowFormat,
  WorkflowImportDocument,
  WorkflowImportOptions,
  WorkflowListDocument,
  WorkflowSaveDocument,
  WorkflowSaveOptions,
  WorkflowSelector,
  WorkflowValidationDocument,
  Workflows,
} from './workflows/workflows.ts';
