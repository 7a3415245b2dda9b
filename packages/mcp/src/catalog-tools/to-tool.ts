/**
 * A tool of a catalog and its command → a tool like any other.
 *
 * One value where the command takes a list is a list of one, as on the command line.
 */
import type { CommandDocument } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Command, JsonSchema } from '@oatty/types';
import * as z from 'zod';
import { toTypeSchema } from '../tools/describe-tool.ts';
import { mapValues } from '../tools/map-values.ts';
import { runCommand } from '../tools/run-command.ts';
import { ToolAnswer } from '../tools/tool-content.ts';
import { defineTool } from '../tools/tool.ts';
import type { JsonType, Tool, ToolContext } from '../tools/tool.ts';
import type { AnyCatalogTool } from './catalog-tool.ts';
import { toListedSchema } from './listed-schema.ts';
import { toArgumentError } from './to-argument-error.ts';

export function toTool(
  tool: AnyCatalogTool,
  { command, schemas }: Pick<CommandDocument, 'command' | 'schemas'>,
): Tool {
  const list = (schema: JsonSchema) => toListedSchema(schema, schemas);
  const given = mapValues(command.output_schema?.properties ?? {}, list);
  const { name, description, safety, isIdempotent, isOpenWorld, view, output } = tool;
  return defineTool({
    kind: 'call',
    name,
    description,
    safety,
    executionType: isOpenWorld ? 'http' : 'local',
    isIdempotent,
    isOpenWorld,
    view,
    input: toInput(command, list),
    output: { ...output, ...mapValues(given, toJsonType) },
    fullOutput: async () =>
      z.looseObject({}).meta({ properties: { ...mapValues(output, toTypeSchema), ...given } }),
    run: (args, context) => answer(tool, toLists(args, command), context),
  });
}

// --- internal ---

/** Names are judged here, as those of other tools; the command judges the values. */
function toInput({ parameters }: Command, list: (schema: JsonSchema) => JsonSchema): z.ZodObject {
  const value = z.unknown();
  const shape = parameters.map(({ name, required }) => [name, required ? value : value.optional()] as const);
  const properties = parameters.map(({ name, schema }) => [name, list(schema)] as const);
  const required = parameters.flatMap((parameter) => (parameter.required ? [parameter.name] : []));
  return z.strictObject(Object.fromEntries(shape)).meta({
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  });
}

function toLists(args: Readonly<Record<string, unknown>>, { parameters }: Command) {
  const lists = parameters.flatMap(({ name, schema }) => {
    const value = args[name];
    return schema.type !== 'array' || value === undefined || Array.isArray(value) ? [] : [[name, [value]]];
  });
  return { ...args, ...Object.fromEntries(lists) };
}

async function answer(
  tool: AnyCatalogTool,
  args: Readonly<Record<string, unknown>>,
  context: ToolContext,
): Promise<ToolAnswer> {
  const call = { command_id: tool.command, with: args };
  const result = runCommand(tool.safety, call, context).catch((thrown: unknown) => {
    throw toArgumentError(OattyError.from(thrown));
  });
  const { document, text } = tool.answer((await result).body);
  return new ToolAnswer(document, text);
}

function toJsonType({ type }: JsonSchema): JsonType {
  return jsonTypes.find((one) => one === type) ?? 'any';
}

const jsonTypes: readonly JsonType[] = ['string', 'boolean', 'integer', 'array', 'object'];
