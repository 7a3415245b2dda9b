/**
 * A catalog written in TypeScript: commands with zod schemas and async handlers. `@oatty/runtime` makes it callable.
 *
 * No zod is imported here: what is used of a schema has this shape in zod 3 and in zod 4.
 */
import type { Effect } from './command.ts';
import type { Caller } from './policy.ts';

/** What oatty uses of a zod schema, of either generation. */
export interface Schema<Output = unknown> {
  readonly _output: Output;
  safeParseAsync(value: unknown): Promise<ParseResult>;
}

type ParseResult =
  | { readonly success: true; readonly data?: unknown }
  | { readonly success: false; readonly error?: { readonly issues: readonly ParseIssue[] } };

export interface ParseIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

export type ObjectSchema = Schema<object>;

type SchemaOutput<Of extends Schema> = Of['_output'];

export interface HandlerContext {
  readonly caller: Caller;
  /** Aborts when the call is canceled or its time is up. */
  readonly signal: AbortSignal;
  /** The same on every attempt of one call; absent outside a run. */
  readonly idempotencyKey?: string;
  readonly runId?: string;
  /** What the call may do at most, with all that it starts and plans. Absent: anything. */
  readonly maxEffect?: Effect;
  /** A person has agreed to the call. */
  readonly confirmed?: boolean;
}

export interface CommandDefinition<Input extends ObjectSchema, Output extends Schema> {
  readonly summary: string;
  readonly description?: string;
  readonly effect: Effect;
  readonly tags?: readonly string[];
  readonly input: Input;
  readonly output?: Output;
  /** Where the list is in the output; `.` is the output itself. */
  readonly listPath?: string;
  /** The command offers values for inputs: which field of an item of its list to take, and which to show. */
  readonly offers?: { readonly value: string; readonly display?: string };
  /** Inputs that a command line takes without a flag, in the order of the schema. */
  readonly positionals?: readonly string[];
  /** Input → name of the command of this catalog that offers its values. */
  readonly providers?: Readonly<Record<string, string>>;
  /** Gives what the command answers: plain JSON. */
  readonly handler: (input: SchemaOutput<Input>, context: HandlerContext) => Promise<SchemaOutput<Output>>;
}

/** One command of a module catalog, made by `defineCommand`. */
export interface ModuleCommand {
  readonly definition: Omit<CommandDefinition<ObjectSchema, Schema>, 'handler'>;
  readonly handler: (input: unknown, context: HandlerContext) => Promise<unknown>;
}

export interface CatalogDefinition {
  readonly title: string;
  /** First word of the command ids; the slug of the title when absent. */
  readonly vendor?: string;
  readonly description?: string;
  /** By name: `create`, `bulk:create`. */
  readonly commands: Readonly<Record<string, ModuleCommand>>;
}

/** Keeps the types of schemas and handler together: `defineCommand({ input: z.object({ id: z.string() }), … })`. */
export function defineCommand<Input extends ObjectSchema, Output extends Schema = Schema>(
  definition: CommandDefinition<Input, Output>,
): ModuleCommand {
  const { handler, ...rest } = definition;
  return {
    definition: rest,
    // The executor has parsed the input with this very schema.
    handler: (input, context) => handler(input as SchemaOutput<Input>, context),
  };
}
