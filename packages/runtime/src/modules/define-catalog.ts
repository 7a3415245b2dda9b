/**
 * A catalog written in TypeScript: commands with zod schemas and async handlers.
 *
 *   M1. Each property of the input schema becomes a parameter; the input schema is an object.
 *   M2. Schemas of zod 3 and zod 4 are taken; each goes through the converter that understands it.
 *   M3. Commands of the vendor `workflow` are saved workflows, so a module cannot have it.
 *   M4. The schema itself checks the input before the handler sees it, defaults and transforms included.
 */
import { OattyError, toCatalogId } from '@oatty/types';
import type {
  Caller,
  CatalogManifest,
  Command,
  CommandParameter,
  Effect,
  JsonSchema,
  SchemaTable,
} from '@oatty/types';
import { workflowVendor } from '../commands/workflow-command.ts';
import { toModuleSchema } from './module-schema.ts';
import type { ObjectSchema, Schema, SchemaOutput } from './module-schema.ts';

export interface HandlerContext {
  readonly caller: Caller;
  /** Aborts when the call is canceled or its time is up. */
  readonly signal: AbortSignal;
  /** The same on every attempt of one call; absent outside a run. */
  readonly idempotencyKey?: string;
  readonly runId?: string;
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

export interface ModuleCatalog {
  readonly manifest: CatalogManifest;
  /** By command id. */
  readonly commands: ReadonlyMap<string, ModuleCommand>;
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

/** @throws {OattyError} `ARGUMENT_INVALID` for a title, a vendor or a command name that makes no id, or a schema that is none */
export function defineCatalog(definition: CatalogDefinition): ModuleCatalog {
  const id = toCatalogId(definition.title);
  const vendor = definition.vendor ?? id;
  if (id === '' || !vendorPattern.test(vendor) || vendor === workflowVendor) {
    throw new OattyError(
      'ARGUMENT_INVALID',
      `"${definition.title}" (vendor "${vendor}") makes no catalog id.`,
      {
        suggestedAction: `Use letters and digits in the title, and a vendor of a-z, 0-9, _ and - other than "${workflowVendor}".`,
      },
    );
  }
  const commands = new Map<string, ModuleCommand>();
  const schemas: Record<string, JsonSchema> = {};
  const described: Command[] = [];
  for (const [name, command] of Object.entries(definition.commands).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const converted = toCommand({ vendor, name, command });
    Object.assign(schemas, converted.schemas);
    described.push(converted.command);
    commands.set(converted.command.id, command);
  }
  return {
    commands,
    manifest: {
      format_version: 1,
      id,
      title: definition.title,
      vendor,
      description: definition.description ?? '',
      kind: 'module',
      document: 'module',
      base_urls: [],
      security_schemes: {},
      commands: described,
      providers: [],
      schemas,
    },
  };
}

// --- internal ---

const vendorPattern = /^[a-z0-9][a-z0-9_-]*$/;
const namePattern = /^[a-z0-9][a-z0-9_:-]*$/;

interface NamedCommand {
  readonly vendor: string;
  readonly name: string;
  readonly command: ModuleCommand;
}

function toCommand({ vendor, name, command }: NamedCommand): { command: Command; schemas: SchemaTable } {
  const id = `${vendor} ${name}`;
  if (!namePattern.test(name)) {
    throw new OattyError('ARGUMENT_INVALID', `"${name}" is no name for a command.`, {
      suggestedAction: 'Use a-z, 0-9, _, - and : as in "bulk:create".',
    });
  }
  const { definition } = command;
  const input = toModuleSchema(definition.input, 'input', `${id} input`);
  const output =
    definition.output === undefined ? undefined : toModuleSchema(definition.output, 'output', `${id} output`);
  return {
    command: {
      id,
      summary: definition.summary,
      ...(definition.description !== undefined && { description: definition.description }),
      effect: definition.effect,
      ...(definition.tags !== undefined && { tags: definition.tags }),
      parameters: toParameters(id, input.schema),
      ...(output !== undefined && { output_schema: output.schema }),
      ...(definition.listPath !== undefined && { list_path: definition.listPath }),
      execution: { kind: 'module', handler: id },
    },
    schemas: { ...input.schemas, ...output?.schemas },
  };
}

function toParameters(id: string, schema: JsonSchema): CommandParameter[] {
  if (schema.type !== 'object') {
    throw new OattyError('ARGUMENT_INVALID', `The input schema of "${id}" is not an object.`, {
      suggestedAction: 'Use z.object({ … }) for the input.',
    });
  }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'body' as const,
    required: schema.required?.includes(name) ?? false,
    ...(property.description !== undefined && { description: property.description }),
    schema: property,
  }));
}
