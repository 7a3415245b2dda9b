/** Saved workflows as callers see them: the operations, and the documents that they give. */
import type { WorkflowFormat, WorkflowList, WorkflowSaved, WorkflowText } from '@oatty/registry';
import type { Caller, Effect, SourceType, Violation } from '@oatty/types';
import type { CatalogImportDocument, DescriptionSource } from '../catalogs/catalogs.ts';
import type { RequestPreview } from '@oatty/api';
import type {
  Choice,
  InputsPreview,
  PlannedStep,
  ProviderResolution,
  RenderedItem,
  RenderedPlan,
  RenderedStep,
} from '@oatty/engine';

/** A workflow by id or by text; exactly one of the two. */
export type WorkflowSelector =
  | { readonly workflowId: string }
  | { readonly manifest: string | Readonly<Record<string, unknown>>; readonly format?: WorkflowFormat };

export interface Workflows {
  list(): Promise<WorkflowListDocument>;
  get(workflowId: string): Promise<WorkflowDocument>;
  /** Never throws for what is wrong inside the manifest: that is in `violations`. */
  validate(selector: WorkflowSelector): Promise<WorkflowValidationDocument>;
  save(options: WorkflowSaveOptions): Promise<WorkflowSaveDocument>;
  /** Reads a manifest, or an Arazzo document, from a path or a URL, validates it and saves it. */
  import(options: WorkflowImportOptions): Promise<WorkflowImportDocument>;
  /** A saved workflow as an Arazzo document; nothing is written. */
  exportArazzo(workflowId: string, options: ArazzoExportOptions): Promise<ArazzoExportDocument>;
  /** `warnings` name what needs the old id: workflows that run it, schedules that start it. */
  rename(
    workflowId: string,
    newId: string,
    options?: ByCaller & { readonly overwrite?: boolean },
  ): Promise<WorkflowSaveDocument & { readonly renamed_from: string }>;
  /** What would fail without this one. */
  dependentsOf(workflowId: string, options?: ByCaller): Promise<WorkflowDependents>;
  delete(workflowId: string, options?: ByCaller): Promise<WorkflowDeleteDocument>;
  previewInputs(selector: WorkflowSelector, partialInputs?: InputValues): Promise<InputsPreviewDocument>;
  resolveInputs(
    selector: WorkflowSelector,
    partialInputs?: InputValues,
    options?: ResolveOptions,
  ): Promise<InputsResolutionDocument>;
  stepPlan(
    selector: WorkflowSelector,
    inputs?: InputValues,
    options?: ResolveOptions,
  ): Promise<StepPlanDocument>;
  previewRendered(
    selector: WorkflowSelector,
    inputs?: InputValues,
    options?: ResolveOptions,
  ): Promise<RenderedPreviewDocument>;
}

export interface ResolveOptions {
  /** Whose earlier runs are read for defaults, and who calls providers. */
  readonly caller?: Caller;
  /** Ends the calls of providers. */
  readonly signal?: AbortSignal;
}

export type InputValues = Readonly<Record<string, unknown>>;

export type WorkflowListDocument = WorkflowList;

export interface WorkflowDocument extends WorkflowText {
  /** The manifest as JSON; `null` when the text does not parse. */
  readonly parsed: unknown;
}

export interface WorkflowValidationDocument {
  readonly valid: boolean;
  readonly workflow_id: string | null;
  readonly violations: readonly Violation[];
  readonly warnings: readonly Violation[];
}

export interface WorkflowSaveOptions {
  readonly content: string | Readonly<Record<string, unknown>>;
  readonly format?: WorkflowFormat;
  /** Must be the manifest's own id. */
  readonly workflowId?: string;
  readonly overwrite?: boolean;
  readonly expectedVersion?: string;
  /** Who is told which schedules of their own do not run it any more until they are resumed. */
  readonly caller?: Caller;
}

/** Ids, in order. */
export interface ByCaller {
  /** Who is told of it; the library where it is absent. */
  readonly caller?: Caller;
}

export interface WorkflowDependents {
  /** Saved workflows that run it as a step. */
  readonly workflows: readonly string[];
  /** Schedules that have times to come: all of them for `local`, else those of the caller. */
  readonly schedules: readonly string[];
  /** How many others there are. */
  readonly other_schedules?: number;
  /** Why nobody knows whether there are schedules: the journal, which has them, cannot be read. */
  readonly schedules_unread?: string;
}

export interface WorkflowSaveDocument extends WorkflowSaved {
  readonly warnings: readonly Violation[];
}

interface WorkflowDeleteDocument {
  readonly deleted: true;
  readonly workflow_id: string;
  readonly path: string;
  /** What needs it: workflows that run it, schedules that start it. */
  readonly warnings: readonly Violation[];
}

export interface WorkflowImportOptions extends DescriptionSource {
  readonly overwrite?: boolean;
}

export interface WorkflowImportDocument {
  readonly kind: 'workflow';
  readonly source: string;
  readonly source_type: SourceType;
  readonly workflow_id: string;
  readonly path: string;
  readonly version: string;
  readonly overwritten: boolean;
  readonly warnings: readonly Violation[];
  /** Of an Arazzo document; what stands beside it is the first of its workflows. */
  readonly arazzo?: ArazzoImportDocument;
}

export interface ArazzoImportDocument {
  /** In the order in which they were saved: each after those that it runs. */
  readonly workflows: readonly (WorkflowSaveDocument & { readonly arazzo_id: string })[];
  /** Not saved, with all the reasons. */
  readonly refused: readonly { readonly arazzo_id: string; readonly violations: readonly Violation[] }[];
  /** Imported because the document names their descriptions. */
  readonly catalogs: readonly CatalogImportDocument[];
}

export interface ArazzoExportOptions {
  /** Where the document will be: paths of descriptions are relative to it. */
  readonly outputPath: string;
}

export interface ArazzoExportDocument {
  readonly workflow_id: string;
  readonly document: Readonly<Record<string, unknown>>;
  /** What Arazzo does not say, and a run does not depend on. */
  readonly warnings: readonly Violation[];
}

/** What a workflow asks for. */
export type InputsPreviewDocument = InputsPreview;

export interface InputsResolutionDocument {
  readonly workflow_id: string;
  /** True when a run can start with these. */
  readonly ready: boolean;
  readonly required_missing: readonly string[];
  /** Secret values are `[secret]`. */
  readonly resolved_inputs: InputValues;
  readonly violations: readonly Violation[];
  readonly provider_resolutions: readonly ProviderResolution[];
  /** What a person may choose from, per input. */
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
}

export interface StepPlanDocument {
  readonly workflow_id: string;
  /** The greatest effect of the steps. */
  readonly effect: Effect;
  /** Identifies manifest and inputs; a confirmation is bound to it. */
  readonly plan_hash: string;
  readonly steps: readonly Omit<PlannedStep, 'after'>[];
}

export interface RenderedPreviewDocument extends RenderedPlan {
  readonly rendered_steps: readonly RenderedStepDocument[];
}

interface RenderedStepDocument extends RenderedStep, RenderedRequest {
  readonly items?: readonly (RenderedItem & RenderedRequest)[];
}

interface RenderedRequest {
  /** Where everything in it is known. */
  readonly request?: RequestPreview;
}
