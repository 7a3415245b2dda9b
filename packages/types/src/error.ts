/**
 * The one error class, the one table of codes, and the one payload that meets callers.
 *
 * A code is a promise: tests, documentation and callers rely on it; messages may change.
 * `specs/ERRORS.md` is compared with this table by a test.
 */
import { boundViolations, cutText } from './bounded-findings.ts';

export type ErrorCategory = 'validation' | 'not_found' | 'conflict' | 'execution' | 'internal';

/** What is true of every error with one code. */
export interface ErrorTraits {
  readonly category: ErrorCategory;
  /** Whether the same call may succeed later without a change by the caller. */
  readonly retryable: boolean;
  /** Exit code of the command line: 1 failed, 2 wrong usage or invalid input, 130 interrupted. */
  readonly exitCode: 1 | 2 | 130;
  /** Used when the place that throws knows nothing more precise. */
  readonly suggestedAction: string;
}

export const errorTraits = {
  // What the caller sent is wrong.
  ARGUMENT_INVALID: validation('Correct the named argument and call again.'),
  EXPRESSION_INVALID: validation('Correct the expression at the named position.'),
  LIMIT_EXCEEDED: validation('Make the input smaller, or ask for less.'),
  PATH_NOT_ALLOWED: validation('Use a path inside the directory that the message names.'),
  ADDRESS_NOT_ALLOWED: validation(
    'Use a public address, or pass --allow-private (allow_private) when you trust it.',
  ),
  WORKFLOW_IDENTIFIER_INVALID: validation('Use 1 to 64 characters of A-Z a-z 0-9 _ -.'),
  WORKFLOW_PARSE_FAILED: validation('Correct the YAML or JSON at the named line.'),
  WORKFLOW_VALIDATION_FAILED: validation('Correct every violation listed, then validate again.'),
  WORKFLOW_INPUTS_INCOMPLETE: validation('Give a value for each input listed.'),
  WORKFLOW_INPUT_VALIDATION_FAILED: validation('Correct the value of each input listed.'),
  OPENAPI_SOURCE_PARSE_FAILED: validation('Check that the source is an OpenAPI document in JSON or YAML.'),
  OPENAPI_SOURCE_VALIDATION_FAILED: validation(
    'Import an OpenAPI description, version 2.0 to 3.2, and correct what the message names.',
  ),

  // What the caller named does not exist.
  WORKFLOW_NOT_FOUND: notFound('List the workflows to see which ids exist.'),
  CATALOG_NOT_FOUND: notFound('List the catalogs to see which ids exist.'),
  COMMAND_NOT_FOUND: notFound('Search the commands to find the right id.'),
  RUN_NOT_FOUND: notFound('List the runs to see which ids exist.'),
  SCHEDULE_NOT_FOUND: notFound('List the schedules to see which ids exist.'),
  USER_NOT_FOUND: notFound('List the users to see which there are.'),
  TASK_NOT_FOUND: notFound('List the tasks to see which ids exist.'),
  INTEGRATION_NOT_FOUND: notFound('List the integrations to see which there are.'),
  RESOURCE_NOT_FOUND: notFound('List the resources to see which addresses exist.'),
  SOURCE_NOT_FOUND: notFound('Check the path or the address of the source.'),

  // What the caller wants disagrees with what is there.
  WORKFLOW_ALREADY_EXISTS: conflict('Choose another id, or allow overwriting.'),
  WORKFLOW_VERSION_CONFLICT: conflict('Read the workflow again and apply the change to its new version.'),
  WORKFLOW_IDENTIFIER_MISMATCH: conflict('Use the same id in the call and in the manifest.'),
  CATALOG_CONFLICT: conflict('Choose another title or vendor, or allow overwriting.'),
  RUN_STATE_CONFLICT: conflict('Read the status of the run, then choose an operation that fits it.'),
  SCHEDULE_ALREADY_EXISTS: conflict('Choose another id, or remove the schedule that has it.'),
  SCHEDULE_STATE_CONFLICT: conflict('Add a new schedule for times that are still to come.'),
  TASK_CONFLICT: conflict('Read the task again, then decide anew.'),
  STATE_LOCKED: conflict('Wait until the other process has finished, then call again.', true),

  // What was asked for was tried, and failed.
  TASK_CAPABILITY_REQUIRED: execution(
    'Connect with an MCP client that supports tasks, or call run.start and then run.status.',
  ),
  CONFIRMATION_REQUIRED: execution('Ask the person, then call again with confirm: true.'),
  POLICY_DENIED: execution('Use another command, or ask whoever keeps the policy.'),
  AUTHENTICATION_REQUIRED: execution(
    'Get an access token from the authorization server and send it as a bearer.',
  ),
  SCOPE_INSUFFICIENT: execution('Get an access token with the scopes that the message names.'),
  EXPRESSION_FAILED: execution(
    'Correct the expression, or allow a missing value with ??, default() or has().',
  ),
  STEP_FAILED: execution('Read the error of the named step.'),
  STEP_TIMEOUT: execution('Raise the timeout of the step, or check the remote service.', true),
  RUN_TIMEOUT: execution('Raise the timeout of the workflow, or check the remote services.', true),
  HTTP_ERROR: execution('Read the status and the answer, then correct the address or the arguments.'),
  NETWORK_ERROR: execution('Check the address and the network, then call again.', true),
  DELIVERY_REFUSED: execution('Read what the other side says, and correct what it does not take.'),
  OUTCOME_UNKNOWN: execution('Look there whether it was done; it is not tried again by itself.'),
  RESPONSE_INVALID: execution('Check that the address is the API and not a web page or a proxy.'),
  PROVIDER_FAILED: execution('Give the value yourself, or correct the provider arguments.', true),
  CANCELED: {
    category: 'execution',
    retryable: false,
    exitCode: 130,
    suggestedAction: 'Start it again when you want it.',
  },

  // What is wrong is on our side.
  STORAGE_FAILED: internal('Check that the named file or directory can be read and written.'),
  SECRET_BACKEND_READ_ONLY: internal('Set the environment variable of that name instead.'),
  INTERNAL: internal('Report this with the correlation id.'),
} as const satisfies Record<string, ErrorTraits>;

export type ErrorCode = keyof typeof errorTraits;

/** One thing that is wrong, at one place. */
export interface Violation {
  /** Where, in the shape of a JSON path: `$.steps[2].with.id`. */
  readonly path: string;
  /** Stable id of the rule, for programs: `unknown_key`, `step_template_unknown_step`. */
  readonly rule: string;
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Line and column in the author's text, both starting at 1. */
  readonly line?: number;
  readonly column?: number;
  /** What to write instead. */
  readonly suggestion?: string;
}

/** Facts for programs: `workflow_id`, `run_id`, `step_id`, `path`, `line`, `column`, … Never a secret, never a whole payload. */
export type ErrorContext = Readonly<Record<string, unknown>>;

export interface OattyErrorOptions {
  /** What to do next, in one sentence. */
  readonly suggestedAction?: string;
  readonly context?: ErrorContext;
  /** Overrides the trait of the code: an HTTP 429 is retryable, a 404 is not. */
  readonly retryable?: boolean;
  readonly violations?: readonly Violation[];
  readonly stepId?: string;
  /** Id of the command that failed. */
  readonly command?: string;
  /** What a remote API answered, redacted and bounded. */
  readonly responsePayload?: unknown;
  /** The original, for the log only. */
  readonly cause?: unknown;
  readonly correlationId?: string;
}

/** The payload that every edge shows: `ErrorData.data`, in the requirements' words. */
export interface ErrorPayload {
  readonly error_code: ErrorCode;
  readonly category: ErrorCategory;
  readonly message: string;
  readonly context: ErrorContext;
  readonly retryable: boolean;
  readonly suggested_action: string;
  readonly correlation_id: string;
  readonly violations?: readonly Violation[];
  readonly step_id?: string;
  readonly command?: string;
  readonly response_payload?: unknown;
}

/** An error as it goes over a wire. `message` begins with the code, because hosts often drop `data`. */
export interface ErrorData {
  /** JSON-RPC error code. */
  readonly code: number;
  readonly message: string;
  readonly data: ErrorPayload;
}

export class OattyError extends Error {
  readonly code: ErrorCode;
  readonly options: OattyErrorOptions;
  /** The same in the log line and in the payload of one failure. */
  readonly correlationId: string;

  constructor(code: ErrorCode, message: string, options: OattyErrorOptions = {}) {
    super(cutText(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'OattyError';
    this.code = code;
    const { violations } = options;
    this.options =
      violations === undefined ? options : { ...options, violations: boundViolations(violations) };
    this.correlationId = options.correlationId ?? globalThis.crypto.randomUUID();
  }

  /** The only conversion from what a `catch` gives. Whatever is unforeseen becomes `INTERNAL` without its text. */
  static from(thrown: unknown): OattyError {
    if (thrown instanceof OattyError) return thrown;
    return new OattyError('INTERNAL', 'Something unexpected went wrong inside oatty.', { cause: thrown });
  }

  get traits(): ErrorTraits {
    return errorTraits[this.code];
  }

  get retryable(): boolean {
    return this.options.retryable ?? this.traits.retryable;
  }

  get suggestedAction(): string {
    return this.options.suggestedAction ?? this.traits.suggestedAction;
  }

  toPayload(): ErrorPayload {
    const { context, violations, stepId, command, responsePayload } = this.options;
    return {
      error_code: this.code,
      category: this.traits.category,
      message: this.message,
      context: cutTexts(context ?? {}),
      retryable: this.retryable,
      suggested_action: this.suggestedAction,
      correlation_id: this.correlationId,
      ...(violations && { violations }),
      ...(stepId !== undefined && { step_id: stepId }),
      ...(command !== undefined && { command }),
      ...(responsePayload !== undefined && { response_payload: responsePayload }),
    };
  }

  toErrorData(): ErrorData {
    const message = `${this.code}: ${this.message}`;
    return { code: toRpcCode(this.code), message, data: this.toPayload() };
  }
}

// --- internal ---

/** What was sent may be named in an error; it is never the whole of a large text. */
function cutTexts(context: ErrorContext): ErrorContext {
  const entries = Object.entries(context);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? cutText(value) : value]),
  );
}

/** JSON-RPC numbers: the reserved ones where they fit, the server range for the rest. */
function toRpcCode(code: ErrorCode): number {
  if (code === 'TASK_CAPABILITY_REQUIRED') return -32601;
  const byCategory = {
    validation: -32602,
    not_found: -32002,
    conflict: -32009,
    execution: -32000,
    internal: -32603,
  } as const satisfies Record<ErrorCategory, number>;
  return byCategory[errorTraits[code].category];
}

function validation(suggestedAction: string) {
  return { category: 'validation', retryable: false, exitCode: 2, suggestedAction } as const;
}

function notFound(suggestedAction: string) {
  return { category: 'not_found', retryable: false, exitCode: 2, suggestedAction } as const;
}

function conflict(suggestedAction: string, retryable = false) {
  return { category: 'conflict', retryable, exitCode: 1, suggestedAction } as const;
}

function execution(suggestedAction: string, retryable = false) {
  return { category: 'execution', retryable, exitCode: 1, suggestedAction } as const;
}

function internal(suggestedAction: string) {
  return { category: 'internal', retryable: false, exitCode: 1, suggestedAction } as const;
}
