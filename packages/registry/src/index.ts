export { CatalogStore, createCatalogStore } from './catalogs/catalog-store.ts';
export type { CatalogProblem, CatalogRemoval } from './catalogs/catalog-store.ts';
export { CommandIndex, createCommandIndex } from './catalogs/command-index.ts';
export type { FoundCommand } from './catalogs/command-index.ts';
export type { CommandFilter, CommandHit, CommandListing, CommandPage } from './catalogs/command-listing.ts';
export { checkBaseUrl, checkSecretName } from './catalogs/edit-entry.ts';
export type { HeaderEdit } from './catalogs/edit-entry.ts';
export { checkCommandIds } from './catalogs/import-rules.ts';
export type { CatalogSave } from './catalogs/import-rules.ts';
export type { PageOptions } from './catalogs/page-commands.ts';
export type { SearchResult } from './catalogs/search-commands.ts';
export { serializeManifest } from './catalogs/serialize-manifest.ts';
export { watchPlaces } from './files/watch-places.ts';
export type { WatchTimes } from './files/watch-places.ts';
export { resolvePaths } from './paths/resolve-paths.ts';
export type { Environment, RuntimePaths } from './paths/resolve-paths.ts';
export { parseWorkflowText } from './workflows/parse-workflow-text.ts';
export type {
  ParsedWorkflowText,
  TextLimits,
  TextLocation,
  TextPosition,
  WorkflowFormat,
} from './workflows/parse-workflow-text.ts';
export { renderWorkflowText } from './workflows/render-workflow-text.ts';
export type { WorkflowProblem } from './workflows/scan-directory.ts';
export type { WorkflowSignature } from './workflows/read-signature.ts';
export type {
  DirectoryLimits,
  SignedWorkflow,
  WorkflowList,
  WorkflowListing,
} from './workflows/workflow-directory.ts';
export { createWorkflowStore, WorkflowStore } from './workflows/workflow-store.ts';
export type {
  StoredWorkflow,
  WorkflowSave,
  WorkflowSaved,
  WorkflowText,
} from './workflows/workflow-store.ts';
