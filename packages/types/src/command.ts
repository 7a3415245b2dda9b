/**
 * A command is one callable operation with inputs and an output schema, whatever stands behind it.
 *
 * Catalog files hold thousands of commands and are written by oatty alone, so these are plain types;
 * `catalog-schema.ts` has the zod schemas that check a file.
 */
import type { JsonSchema } from './json.ts';
import type { ProviderBinding } from './provider.ts';

/** What a command does at most: `safe` changes nothing, `destructive` may remove. */
export type Effect = 'safe' | 'standard' | 'destructive';

/** From harmless to dangerous. */
export const effects: readonly Effect[] = ['safe', 'standard', 'destructive'];

/** The greater of two effects. */
export function maxEffect(first: Effect, second: Effect): Effect {
  return effects.indexOf(first) >= effects.indexOf(second) ? first : second;
}

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie' | 'body';

export type ParameterStyle =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'deepObject'
  /** Swagger 2.0 `collectionFormat: tsv`. */
  | 'tabDelimited';

export interface CommandParameter {
  /** The name callers use; unique within the command. */
  readonly name: string;
  /** The name on the wire where it differs from `name`. */
  readonly wire_name?: string;
  /** `body`: one top-level property of an object body. */
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  /** Reserved characters of RFC 3986 stay as they are (query only). */
  readonly allow_reserved?: boolean;
  /** It has no name on the wire: its value, as `media_type`, is the query string (`in: querystring` of OpenAPI 3.2). */
  readonly whole_query?: boolean;
  /** `content` parameters: the value is sent as this media type (JSON text, say). */
  readonly media_type?: string;
  /** A header of one part of a multipart body: the name of the part on the wire. */
  readonly part?: string;
  readonly provider?: ProviderBinding;
}

/** How one property of a form or multipart body is written. */
export interface PropertyEncoding {
  readonly content_type?: string;
  readonly style?: ParameterStyle;
  readonly explode?: boolean;
  /** Headers of its part (multipart) that can have one value only. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CommandBody {
  /** The media type that is sent. */
  readonly media_type: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  readonly encoding?: Readonly<Record<string, PropertyEncoding>>;
}

/** How a list goes on after its first page. */
export type Pagination =
  /** `Link: <…>; rel="next"` of RFC 8288. */
  | { readonly kind: 'link' }
  /** The response has the address of the next page at `next_path`: a dotted path, or one key that has dots itself. */
  | { readonly kind: 'next_url'; readonly next_path: string }
  /** The response names a cursor at `next_path`; the next call passes it as the parameter `parameter`. */
  | {
      readonly kind: 'cursor';
      readonly parameter: string;
      readonly next_path: string;
      readonly has_more_path?: string;
    }
  /** The next call passes a field of the last item (as Stripe's `starting_after`). */
  | {
      readonly kind: 'last_item';
      readonly parameter: string;
      readonly item_field: string;
      readonly has_more_path: string;
    }
  /** Page numbers from `first`. */
  | { readonly kind: 'page'; readonly parameter: string; readonly first: number }
  /** Offsets in items. */
  | { readonly kind: 'offset'; readonly parameter: string };

/** Schemes that must hold together; a command lists alternatives of these. `{}` is anonymous. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** The usual ones, or another token in capitals that a description names (`additionalOperations` of OpenAPI 3.2). */
export type HttpMethod =
  | 'GET'
  | 'HEAD'
  | 'OPTIONS'
  | 'POST'
  | 'PUT'
  | 'PATCH'
  | 'DELETE'
  | 'TRACE'
  | 'QUERY'
  | (string & {});

export interface HttpExecution {
  readonly kind: 'http';
  readonly method: HttpMethod;
  /** Path template below the base URL: `/orders/{order}`; names are wire names. */
  readonly path: string;
  /** Per-operation servers; they replace the catalog's base URL. */
  readonly servers?: readonly string[];
  /** Alternatives, in order; absent: no credentials are sent. */
  readonly security?: readonly SecurityRequirement[];
  /** Media types of successful responses, for `Accept`. */
  readonly accept?: readonly string[];
  /** Whether the description says the operation honours `Idempotency-Key`, or names another header. */
  readonly idempotency?: { readonly header: string; readonly honoured: boolean };
}

/** Runs a saved workflow. */
export interface WorkflowExecution {
  readonly kind: 'workflow';
  readonly workflow_id: string;
}

/** Runs a handler of a TypeScript module. */
export interface ModuleExecution {
  readonly kind: 'module';
  readonly handler: string;
}

/** Waits for a person; the interpreter does it. */
interface ApprovalExecution {
  readonly kind: 'approval';
}

export type Execution = HttpExecution | WorkflowExecution | ModuleExecution | ApprovalExecution;

export interface Command {
  /** `"<vendor> <name>"`, unique over all catalogs. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly effect: Effect;
  readonly deprecated?: boolean;
  /** Words of the description's own tags, for search. */
  readonly tags?: readonly string[];
  /** The description's `operationId`, for search and for reports of changes. */
  readonly operation_id?: string;
  readonly parameters: readonly CommandParameter[];
  readonly body?: CommandBody;
  readonly output_schema?: JsonSchema;
  /** Where the list is in the output: `.` or a dotted path. */
  readonly list_path?: string;
  readonly pagination?: Pagination;
  readonly execution: Execution;
}

/** What one call of a command gives. */
export interface CommandResult {
  /** HTTP status; 200 for commands that are not HTTP. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, text, a file reference `{file, media_type, bytes}`, or `null`. */
  readonly body: unknown;
}

/** What a caller gives to a command. */
export interface CommandArguments {
  /** Parameters by name, wherever they travel. */
  readonly with: Readonly<Record<string, unknown>>;
  /** The whole body; replaces parameters with `in: body`. */
  readonly body?: unknown;
}
