export { createApprovalExecutor } from './approval/approval-executor.ts';
export { coerceArguments } from './dispatch/coerce-arguments.ts';
export { createDispatcher } from './dispatch/dispatch-command.ts';
export type {
  Dispatcher,
  DispatcherPorts,
  DispatchLimits,
  DispatchOptions,
} from './dispatch/dispatch-command.ts';
export { evaluateExpression } from './expression/evaluate-expression.ts';
export type { Expression, RootName } from './expression/expression.ts';
export { parseExpression } from './expression/parse-expression.ts';
export { parseCondition, parseTemplate } from './expression/parse-template.ts';
export { renderPreview } from './expression/render-preview.ts';
export { renderValue } from './expression/render-value.ts';
export { inputDependencies } from './input/order-inputs.ts';
export { previewInputs } from './input/preview-inputs.ts';
export type { InputPreview, InputsPreview } from './input/preview-inputs.ts';
export { ProviderCache } from './input/provider-cache.ts';
export type { Choice } from './input/provider-choices.ts';
export { readEnvironment } from './input/read-environment.ts';
export { resolveInputs } from './input/resolve-inputs.ts';
export type { InputResolution, InputWorld, MissingInput } from './input/resolve-inputs.ts';
export type { ProviderResolution } from './input/resolve-provider.ts';
export { maskSecretInputs, secretMark } from './input/secret-inputs.ts';
export { toPlanHash } from './plan/plan-hash.ts';
export { buildPlan } from './plan/build-plan.ts';
export type { Plan, PlannedStep } from './plan/build-plan.ts';
export { renderPlan } from './plan/render-plan.ts';
export type { RenderedItem, RenderedPlan, RenderedStep } from './plan/render-plan.ts';
export type { Clock, Entropy } from './ports/clock.ts';
export type {
  CallingStep,
  CommandCall,
  CommandExecutor,
  CommandExecutors,
} from './ports/command-executor.ts';
export type { CatalogSummary, CommandSource, FoundCommand } from './ports/command-source.ts';
export type {
  Answer,
  CallMark,
  JournalEntry,
  QuestionRecord,
  RecordedRequest,
  StepCommit,
} from './ports/journal-entry.ts';
export type { AuditSink, PolicyDecider } from './ports/policy.ts';
export type { RunChange, RunRecord } from './ports/run-record.ts';
export type { Lease, Page, QueueClaim, RunQuery, RunStore } from './ports/run-store.ts';
export type { Listener, ScheduleChange, ScheduleStore } from './ports/schedule-store.ts';
export type { EnvironmentSource, SecretSource } from './ports/values.ts';
export type { WorkflowSource } from './ports/workflow-source.ts';
export { toDedupKey, toQueuePlace } from './queue/queue-place.ts';
export { readDuplicate } from './queue/read-duplicate.ts';
export type { QueueRequest } from './queue/queue-place.ts';
export { listPossibleChildren } from './replay/child-runs.ts';
export type { Drift } from './replay/drift.ts';
export type { RecordedRun } from './replay/recording.ts';
export { replayRun } from './replay/replay-run.ts';
export type { ReplayClock, ReplayReport } from './replay/replay-run.ts';
export { changedCommands, doubtfulSteps, keptCommits, planResume } from './resume/plan-resume.ts';
export type { ResumePlan, ResumeSource, ResumeStep } from './resume/plan-resume.ts';
export { digestWorkflow, isAgreed, toUnagreedError } from './run/agreed-workflows.ts';
export { isRepeatable } from './run/call-identity.ts';
export { createRunner } from './run/create-runner.ts';
export type { ClaimOptions, ExecuteOptions, Runner, RunnerPorts } from './run/create-runner.ts';
export { createMemoryRunStore } from './run/memory-run-store.ts';
export type { Preparation, Prepare } from './run/prepare-run.ts';
export { toRunDocument } from './run/run-document.ts';
export type { RunLimits } from './run/run-limits.ts';
export type { RunRequest } from './run/start-run.ts';
export { isCredential } from './run/step-response.ts';
export { createWorkflowExecutor } from './run/workflow-executor.ts';
export type { WorkflowExecutorPorts } from './run/workflow-executor.ts';
export { dueEvents } from './timing/due-events.ts';
export { dueTimes } from './timing/due-times.ts';
export type { ClockSchedule, DueTimes } from './timing/due-times.ts';
export { createMemoryScheduleStore } from './timing/memory-schedule-store.ts';
export { compileTiming, upcomingTimes } from './timing/next-time.ts';
export type { NextTime } from './timing/next-time.ts';
export { findFirstTime } from './timing/recurring-times.ts';
export type { ManifestDocument, ManifestPath, SourceLocation } from './validate/manifest-document.ts';
export type { SavedWorkflows } from './validate/scene.ts';
export { validateWorkflow } from './validate/validate-workflow.ts';
export type { ValidationContext, ValidationResult } from './validate/validate-workflow.ts';
