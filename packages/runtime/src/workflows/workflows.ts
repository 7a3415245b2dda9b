/** Saved workflows as callers see them: the operations, and the documents that they give. */
import type { Effect, SourceType, Violation } from '@oatty/types';
import type { DescriptionSource } from '../catalogs/catalogs.ts';
import type { Problem } from '../catalogs/catalogs.ts';
import type { RequestPreview } from '../commands/commands.ts';

/** A workflow by id or by text; exactly one of the two. */
export type WorkflowSelector =
  | { readonly workflowId: string }
  | { readonly manifest: string | Readonly<Record<string, unknown>>; readonly format?: WorkflowFormat };

export type WorkflowFormat = 'yaml' | 'json';

export interface Workflows {
  list(): Promise<WorkflowListDocument>;
  get(workflowId: string): Promise<WorkflowDocument>;
  /** Never throws for what is wrong inside the manifest: that is in `violations`. */
  validate(selector: WorkflowSelector): Promise<WorkflowValidationDocument>;
  save(options: WorkflowSaveOptions): Promise<WorkflowSaveDocument>;
  /** Reads a manifest from a path or a URL, validates it and saves it. */
  import(options: WorkflowImportOptions): Promise<WorkflowImportDocument>;
  rename(
    workflowId: string,
    newId: string,
    options?: { readonly overwrite?: boolean },
  ): Promise<WorkflowSaveDocument & { readonly renamed_from: string }>;
  delete(
    workflowId: string,
  ): Promise<{ readonly deleted: true; readonly workflow_id: string; readonly path: string }>;
  previewInputs(selector: WorkflowSelector, partialInputs?: InputValues): Promise<InputsPreviewDocument>;
  resolveInputs(selector: WorkflowSelector, partialInputs?: InputValues): Promise<InputsResolutionDocument>;
  stepPlan(selector: WorkflowSelector, inputs?: InputValues): Promise<StepPlanDocument>;
  previewRendered(selector: WorkflowSelector, inputs?: InputValues): Promise<RenderedPreviewDocument>;
}

export type InputValues = Readonly<Record<string, unknown>>;

export interface WorkflowListDocument {
  readonly items: readonly {
    readonly workflow_id: string;
    readonly title: string | null;
    readonly description: string | null;
    readonly path: string;
    readonly format: WorkflowFormat;
    readonly version: string;
    /** How many. */
    readonly inputs: number;
    readonly steps: number;
  }[];
  readonly problems: readonly Problem[];
}

export interface WorkflowDocument {
  readonly workflow_id: string;
  readonly path: string;
  readonly format: WorkflowFormat;
  /** The author's text. */
  readonly content: string;
  /** The manifest as JSON; `null` when the text does not parse. */
  readonly parsed: unknown;
  /** SHA-256 of the bytes. */
  readonly version: string;
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
}

export interface WorkflowSaveDocument {
  readonly workflow_id: string;
  readonly path: string;
  readonly format: WorkflowFormat;
  readonly version: string;
  readonly overwritten: boolean;
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
}

/** What a workflow asks for. */
export interface InputsPreviewDocument {
  readonly workflow_id: string;
  readonly required_missing: readonly string[];
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
}

export interface InputsResolutionDocument {
  readonly workflow_id: string;
  /** True when a run can start with these. */
  readonly ready: boolean;
  readonly required_missing: readonly string[];
  /** Secret values are `[secret]`. */
  readonly resolved_inputs: InputValues;
  readonly violations: readonly Violation[];
  readonly provider_resolutions: readonly Readonly<Record<string, unknown>>[];
  /** What a person may choose from, per input. */
  readonly choices: Readonly<Record<string, readonly { readonly value: unknown; readonly label: string }[]>>;
}

export interface StepPlanDocument {
  readonly workflow_id: string;
  /** The greatest effect of the steps. */
  readonly effect: Effect;
  /** Identifies manifest and inputs; a confirmation is bound to it. */
  readonly plan_hash: string;
  readonly steps: readonly {
    readonly index: number;
    readonly step_id: string;
    readonly run: string;
    readonly effect: Effect;
    readonly depends_on: readonly string[];
    readonly condition: string | null;
    /** `null` when only the run can tell. */
    readonly will_run: boolean | null;
  }[];
}

export interface RenderedPreviewDocument {
  readonly workflow_id: string;
  readonly rendered_steps: readonly {
    readonly step_id: string;
    readonly run: string;
    readonly depends_on: readonly string[];
    readonly condition: string | null;
    readonly with: unknown;
    readonly body: unknown;
    /** The request, where everything in it is known. */
    readonly request?: RequestPreview;
  }[];
  readonly rendered_final_output: unknown;
  readonly unresolved: readonly { readonly path: string; readonly expression: string }[];
}
