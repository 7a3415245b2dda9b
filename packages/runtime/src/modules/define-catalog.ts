/**
 * A catalog written in TypeScript: commands with zod schemas and async handlers.
 *
 *   M1. Each property of the input schema becomes a parameter; the input schema is an object.
 *   M2. Schemas of zod 3 and zod 4 are taken; each goes through the converter that understands it.
 *   M3. Commands of the vendor `workflow` are saved workflows, so a module cannot have it.
 *   M4. A command that offers values is a provider; inputs name it by its name within the catalog.
 *   M5. The schema itself checks the input before the handler sees it, defaults and transforms included.
 */
import { OattyError, toCatalogId } from '@oatty/types';
import type {
  CatalogDefinition,
  CatalogManifest,
  Command,
  CommandParameter,
  JsonSchema,
  ModuleCommand,
  ProviderContract,
  SchemaTable,
} from '@oatty/types';
import { workflowVendor } from '../commands/workflow-command.ts';
import { toModuleSchema } from './module-schema.ts';

export interface ModuleCatalog {
  readonly manifest: CatalogManifest;
  /** By command id. */
  readonly commands: ReadonlyMap<string, ModuleCommand>;
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
      providers: described.flatMap((command) => toContract(command, commands.get(command.id)) ?? []),
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
      parameters: toParameters({ vendor, name, command }, input.schema),
      ...(output !== undefined && { output_schema: output.schema }),
      ...(definition.listPath !== undefined && { list_path: definition.listPath }),
      execution: { kind: 'module', handler: id },
    },
    schemas: { ...input.schemas, ...output?.schemas },
  };
}

function toParameters({ vendor, command, name }: NamedCommand, schema: JsonSchema): CommandParameter[] {
  if (schema.type !== 'object') {
    throw new OattyError('ARGUMENT_INVALID', `The input schema of "${vendor} ${name}" is not an object.`, {
      suggestedAction: 'Use z.object({ … }) for the input.',
    });
  }
  const { providers = {}, positionals = [] } = command.definition;
  return Object.entries(schema.properties ?? {}).map(([property, value]) => ({
    name: property,
    in: positionals.includes(property) ? ('path' as const) : ('body' as const),
    required: schema.required?.includes(property) ?? false,
    ...(value.description !== undefined && { description: value.description }),
    schema: value,
    ...(providers[property] !== undefined && {
      provider: { command: `${vendor} ${providers[property]}` },
    }),
  }));
}

/** M4 */
function toContract(
  { id, parameters, list_path }: Command,
  module: ModuleCommand | undefined,
): ProviderContract | undefined {
  const offers = module?.definition.offers;
  if (offers === undefined) return undefined;
  return {
    command: id,
    arguments: parameters.map(({ name, required }) => ({ name, required })),
    ...(list_path !== undefined && { list_path }),
    fields: [
      { name: offers.value, tags: ['id'] },
      ...(offers.display === undefined ? [] : [{ name: offers.display, tags: ['display' as const] }]),
    ],
  };
}
