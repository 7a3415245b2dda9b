export { approvalCommand } from './approval-command.ts';
export type { AuditEvent } from './audit.ts';
export { catalogEntrySchema, catalogManifestSchema } from './catalog-schema.ts';
export { toCatalogId } from './catalog.ts';
export type {
  Catalog,
  CatalogCredential,
  CatalogEntry,
  CatalogKind,
  CatalogManifest,
  SecurityScheme,
  SourceType,
} from './catalog.ts';
export {
  commandResultSchema,
  commandSchema,
  effectSchema,
  providerContractSchema,
} from './command-schema.ts';
export { effects, maxEffect } from './command.ts';
export type {
  Command,
  CommandArguments,
  CommandBody,
  CommandParameter,
  CommandResult,
  Effect,
  Execution,
  HttpExecution,
  HttpMethod,
  ModuleExecution,
  Pagination,
  ParameterLocation,
  ParameterStyle,
  PropertyEncoding,
  SecurityRequirement,
  WorkflowExecution,
} from './command.ts';
export { boundViolations, boundWarnings, maxFindings } from './bounded-findings.ts';
export { didYouMean, editDistance, nearestNames, suggestName } from './nearest-names.ts';
export { elapsedMs, parseDuration } from './duration.ts';
export { errorTraits, OattyError } from './error.ts';
export type {
  ErrorCategory,
  ErrorCode,
  ErrorContext,
  ErrorData,
  ErrorPayload,
  ErrorTraits,
  OattyErrorOptions,
  Violation,
} from './error.ts';
export { errnoOf, toStorageError } from './storage-error.ts';
export { findChange, findTimeZone, openTimeZone, toInstant } from './local-time.ts';
export type { TimeZone } from './local-time.ts';
export { isFormType, isJsonType, toEssence } from './media-type.ts';
export { toFileValue } from './file-value.ts';
export type { FileValue } from './file-value.ts';
export { isRecord, memberOf } from './record.ts';
export { isRequiredInput } from './input-rule.ts';
export { fromSchemaRef, resolveSchema, toSchemaRef } from './json.ts';
export type { JsonObject, JsonSchema, JsonValue, SchemaTable } from './json.ts';
export { isBigInteger, parseJson } from './json-text.ts';
export { documentNames, toDocumentSchema } from './json-schemas.ts';
export type { DocumentName } from './json-schemas.ts';
export { defineCommand } from './module-catalog.ts';
export type {
  CatalogDefinition,
  CommandDefinition,
  HandlerContext,
  ModuleCommand,
  ObjectSchema,
  ParseIssue,
  Schema,
} from './module-catalog.ts';
export { fromPageCursor, toPageCursor } from './page-cursor.ts';
export { taskEventKinds } from './schedule.ts';
export type {
  AgreedWorkflows,
  Agreement,
  ClockTiming,
  EventTiming,
  Firing,
  MissedTimes,
  Schedule,
  ScheduleStatus,
  ScheduleTarget,
  TaskEventKind,
  Timing,
} from './schedule.ts';
export { isDayOf, nextDayOf } from './recurrence/next-day.ts';
export { parseRule } from './recurrence/parse-rule.ts';
export type { Rule } from './recurrence/parse-rule.ts';
export { maxServingMs, queueNamePattern } from './queue.ts';
export type { QueuePlace, QueueSummary } from './queue.ts';
export type { Caller, PolicyDecision, PolicyQuestion } from './policy.ts';
export type { ProviderBinding, ProviderContract } from './provider.ts';
export {
  errorDataSchema,
  errorPayloadSchema,
  runDocumentSchema,
  runEventSchema,
  runStatusSchema,
  stepResultSchema,
  violationSchema,
} from './run-schema.ts';
export { removableRuns } from './removable-runs.ts';
export type { RunResumption } from './removable-runs.ts';
export { isTerminal } from './run.ts';
export type {
  Instant,
  Operation,
  Question,
  RunDocument,
  RunEvent,
  RunEventBody,
  RunStatus,
  RunSummary,
  SavedWorkflow,
  StepResponse,
  StepResult,
  StepStatus,
  TerminalRunStatus,
} from './run.ts';
export { parseSettingText } from './setting-text.ts';
export type { SettingReference } from './setting-text.ts';
export { workflowIdPattern } from './workflow-id.ts';
export { stepCondition, workflowSchema } from './workflow.ts';
export type {
  ArgumentBinding,
  InputDefault,
  Repeat,
  Retry,
  Step,
  Workflow,
  WorkflowInput,
  WorkflowQueue,
} from './workflow.ts';
