/**
 * What oatty offers to programs: the library's surface, and what the command line and MCP are made of.
 *
 * Results are documents with snake_case fields: the same objects as `oatty --json` prints and MCP tools return.
 * Every method throws `OattyError` only.
 */
import type {
  Caller,
  CatalogCredential,
  CatalogKind,
  Command,
  CommandResult,
  Effect,
  Instant,
  Question,
  RunDocument,
  RunEvent,
  RunStatus,
  RunSummary,
  SchemaTable,
  SourceType,
  Violation,
} from '@oatty/types';

export interface Oatty {
  readonly catalogs: Catalogs;
  readonly commands: Commands;
  readonly workflows: Workflows;
  readonly runs: Runs;
  readonly secrets: Secrets;
  /** Where files are read and written. */
  readonly paths: RuntimePathsDocument;
  /** Cancels nothing: waits for what is being written, stops timers, closes connections. */
  close(): Promise<void>;
}

export interface RuntimePathsDocument {
  readonly registry: string;
  readonly catalogs: string;
  readonly workflows: string;
  readonly state: string;
}

// --- catalogs ---

export interface Catalogs {
  list(): Promise<CatalogListDocument>;
  /** @throws {OattyError} `CATALOG_NOT_FOUND` */
  show(catalogId: string): Promise<CatalogDocument>;
  /** Reads a description and says whether it can be imported. Writes nothing. */
  validateOpenapi(source: DescriptionSource): Promise<OpenapiValidationDocument>;
  /** Plans an import without writing. */
  previewImport(
    options: ImportOptions & { readonly includeCommandPreview?: boolean },
  ): Promise<ImportPreviewDocument>;
  importOpenapi(options: ImportOptions): Promise<CatalogImportDocument>;
  setEnabled(catalogId: string, enabled: boolean): Promise<CatalogToggleDocument>;
  setBaseUrl(catalogId: string, baseUrl: string): Promise<CatalogSettingsDocument>;
  editHeaders(catalogId: string, edit: HeaderEdit): Promise<CatalogSettingsDocument>;
  /** Sets or, with `undefined`, forgets the credential of one security scheme. */
  setAuth(
    catalogId: string,
    scheme: string,
    credential: CatalogCredential | undefined,
  ): Promise<CatalogSettingsDocument>;
  remove(catalogId: string, options?: { readonly removeManifest?: boolean }): Promise<CatalogRemovalDocument>;
}

export interface DescriptionSource {
  /** Path or URL. */
  readonly source: string;
  /** Inferred from `http(s)://` when absent. */
  readonly sourceType?: SourceType;
  /** Allows private, loopback and link-local addresses. */
  readonly allowPrivate?: boolean;
  readonly signal?: AbortSignal;
}

export interface ImportOptions extends DescriptionSource {
  /** The title of the description when absent. */
  readonly catalogTitle?: string;
  readonly vendor?: string;
  readonly baseUrl?: string;
  readonly overwrite?: boolean;
  readonly enabled?: boolean;
}

export interface HeaderEdit {
  readonly set?: Readonly<Record<string, string>>;
  readonly unset?: readonly string[];
}

export interface CatalogListDocument {
  readonly items: readonly CatalogListItem[];
  /** Catalogs that are registered but cannot be read. */
  readonly problems: readonly Problem[];
}

export interface CatalogListItem {
  readonly catalog_id: string;
  readonly title: string;
  readonly vendor: string;
  readonly kind: CatalogKind;
  readonly enabled: boolean;
  readonly base_url: string | null;
  readonly command_count: number;
  readonly source: string;
}

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A catalog's settings; header values and credentials are masked, references (`${env:NAME}`) are shown. */
export interface CatalogSettingsDocument extends CatalogListItem {
  readonly description: string;
  readonly base_urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly security_schemes: Readonly<Record<string, unknown>>;
}

export interface CatalogDocument extends CatalogSettingsDocument {
  readonly document: string;
  readonly commands: readonly Command[];
  readonly schemas: SchemaTable;
}

export interface CatalogToggleDocument {
  readonly catalog_id: string;
  readonly enabled: boolean;
  readonly command_count_after_toggle: number;
}

export interface CatalogRemovalDocument {
  readonly removed_catalog_id: string;
  readonly manifest_removed: boolean;
  readonly remaining_catalog_count: number;
}

export interface OpenapiValidationDocument {
  readonly valid: boolean;
  readonly source: string;
  readonly document_kind: 'openapi_2' | 'openapi_3' | 'unknown';
  readonly operation_count: number;
  readonly warnings: readonly string[];
  readonly violations: readonly Violation[];
}

export interface ImportPreviewDocument {
  readonly catalog: {
    readonly catalog_id: string;
    readonly title: string;
    readonly vendor: string;
    readonly base_url: string | null;
  };
  readonly projected_command_count: number;
  /** First words of the command names, sorted. */
  readonly projected_group_prefixes: readonly string[];
  readonly provider_contract_count: number;
  readonly warnings: readonly string[];
  /** At most 50. */
  readonly command_preview?: readonly {
    readonly id: string;
    readonly summary: string;
    readonly effect: Effect;
  }[];
  /** Against the catalog that is there. */
  readonly changes?: CatalogChanges;
}

export interface CatalogChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface CatalogImportDocument {
  readonly kind: 'catalog';
  readonly source: string;
  readonly source_type: SourceType;
  readonly catalog_id: string;
  /** registry.json */
  readonly catalog_path: string;
  /** catalogs/<id>.json */
  readonly manifest_path: string;
  readonly vendor: string;
  readonly command_count: number;
  readonly provider_contract_count: number;
  readonly enabled: boolean;
  readonly base_urls: readonly string[];
  readonly warnings: readonly string[];
  readonly changes?: CatalogChanges;
}

// --- commands ---

export interface Commands {
  search(query: string, options?: SearchOptions): Promise<SearchDocument>;
  /** @throws {OattyError} `COMMAND_NOT_FOUND` with the nearest ids */
  get(commandId: string): Promise<CommandDocument>;
  list(options?: {
    readonly vendor?: string;
    readonly cursor?: string;
    readonly limit?: number;
  }): Promise<CommandPage>;
  /** Runs one command. */
  run(commandId: string, call?: CommandRunOptions): Promise<CommandResult>;
  /** The request that `run` would send, with credentials masked. HTTP commands only. */
  preview(commandId: string, call?: CommandRunOptions): Promise<RequestPreview>;
}

export interface SearchOptions {
  readonly vendor?: string;
  readonly limit?: number;
}

export interface SearchDocument {
  readonly items: readonly {
    readonly id: string;
    readonly summary: string;
    readonly effect: Effect;
    readonly method?: string;
    readonly path?: string;
    readonly catalog_id: string;
    readonly score: number;
  }[];
  readonly total: number;
}

/** A command with every schema it reaches. */
export interface CommandDocument {
  readonly command: Command;
  readonly catalog_id: string;
  readonly enabled: boolean;
  readonly schemas: SchemaTable;
}

export interface CommandPage {
  readonly items: readonly Command[];
  readonly next_cursor?: string;
}

export interface CommandRunOptions {
  readonly with?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
  /** Refuses a command that does more than this. */
  readonly maxEffect?: Effect;
  /** A person has agreed. */
  readonly confirmed?: boolean;
  /** Texts are converted to the types of the parameters, as a command line needs it. */
  readonly coerce?: boolean;
  /** Follows the pages of a list, up to this many. */
  readonly maxPages?: number;
}

export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

// --- workflows ---

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

// --- runs ---

export interface Runs {
  /**
   * Validates, resolves the inputs, writes the row, and starts.
   *
   * @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, `WORKFLOW_INPUTS_INCOMPLETE`,
   *   `WORKFLOW_INPUT_VALIDATION_FAILED`, `CONFIRMATION_REQUIRED`: before anything is written
   */
  start(options: RunStartOptions): Promise<RunHandle>;
  /** @throws {OattyError} `RUN_NOT_FOUND` */
  get(runId: string): Promise<RunDocument>;
  list(
    query?: RunListQuery,
  ): Promise<{ readonly items: readonly RunSummary[]; readonly next_cursor?: string }>;
  /** From the first event, until the run ends or `signal` aborts. */
  events(runId: string, afterSeq?: number, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** @throws {OattyError} `RUN_STATE_CONFLICT` when it has ended */
  cancel(runId: string): Promise<{ readonly run_id: string; readonly status: RunStatus }>;
  /** Answers the open question of a waiting run. */
  respond(runId: string, answer: unknown, questionId?: string): Promise<void>;
  /**
   * A run with what a long-lived handle on it needs to know.
   *
   * @throws {OattyError} `RUN_NOT_FOUND`, also when `principal` is given and the run is somebody else's
   */
  inspect(runId: string, principal?: string): Promise<RunInspection>;
  /**
   * Resolves when the run has ended.
   *
   * @throws {OattyError} `CANCELED` when `signal` aborts before: the waiting, not the run
   */
  wait(runId: string, signal?: AbortSignal): Promise<RunDocument>;
}

export interface RunStartOptions {
  readonly workflow: WorkflowSelector;
  readonly inputs?: InputValues;
  readonly caller?: Caller;
  /** The run may do what its steps do up to this; more needs `confirmedPlan`. */
  readonly maxEffect?: Effect;
  /** The `plan_hash` that a person agreed to. */
  readonly confirmedPlan?: string;
  /**
   * Missing inputs and confirmations become questions of a waiting run instead of errors.
   * What is wrong with the manifest or with the values given is an error all the same.
   */
  readonly ask?: boolean;
  /** For how long after its creation the caller may ask for the result; `null`: for ever. */
  readonly ttlMs?: number | null;
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  /** Chosen by the caller where an id must be known before the run exists (an MCP task); new when absent. */
  readonly runId?: string;
}

export interface RunHandle {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  /** From the first event, until the run ends. */
  events(): AsyncIterable<RunEvent>;
  /** Resolves when the run has ended, failed or not. */
  wait(): Promise<RunDocument>;
  cancel(): Promise<void>;
}

export interface RunListQuery {
  readonly status?: RunStatus;
  readonly workflowId?: string;
  readonly principal?: string;
  /** Only runs that were started with a `ttlMs`. */
  readonly withTtl?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface RunInspection {
  readonly run: RunDocument;
  readonly caller: Caller;
  /** Not answered yet, oldest first. */
  readonly open_questions: readonly Question[];
  /** When the last event was written. */
  readonly updated_at: Instant;
  /** Absent when the run was started without one. */
  readonly ttl_ms?: number | null;
}

// --- secrets ---

/** Values never come back: they are set, listed by name, and removed. */
export interface Secrets {
  set(name: string, value: string, options?: { readonly catalogId?: string }): Promise<void>;
  /** Lets manifests use a secret that is there already with the commands of a catalog. */
  bind(name: string, catalogId: string): Promise<void>;
  list(): Promise<readonly { readonly name: string; readonly catalogs: readonly string[] }[]>;
  remove(name: string): Promise<boolean>;
}
