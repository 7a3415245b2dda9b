/**
 * A tool as `tools/list` shows it.
 *
 *   D1. Catalogs of the user change nothing: the list has the same size with none and with many.
 *   D2. Output schemas are one level deep, and require nothing: clients check the structured content of a failure
 *       against the same schema.
 *   D3. A description names other tools as they are listed: a model can call nothing else.
 *   D4. A property has one type, or alternatives: the function schemas of some models know no list of types.
 *   D5. The whole list takes at most 32,000 bytes: what holds for every tool (it takes no other arguments, where its whole
 *       result is described) is said once.
 *   D6. What the metadata of all arguments together say (rules between arguments, shared schemas) is listed as it is.
 */
import * as z from 'zod';
import { toToolMeta } from '../views/ui-extension.ts';
import { mapValues } from './map-values.ts';
import { toListedName } from './tool-name.ts';
import type { ToolNameStyle } from './tool-name.ts';
import type { ToolSet } from './tool-set.ts';
import type { JsonType, Tool } from './tool.ts';

/** The whole list. Its metadata say what holds for all tools: `{name}` is the dotted one. */
export function describeTools(tools: ToolSet, style: ToolNameStyle) {
  return {
    tools: tools.list.map((tool) => describeOnce(tool, style, tools)),
    _meta: { 'oatty/output_schema': 'oatty://tool/output/{name}' },
  };
}

/** @param tools - those that the description may name */
export function describeTool(tool: Tool, style: ToolNameStyle, tools: ToolSet) {
  return {
    name: toListedName(tool.name, style),
    title: tool.name,
    description: nameAsListed(tool.description, style, tools),
    inputSchema: toInputSchema(tool.input),
    ...(Object.keys(tool.output).length > 0 && {
      outputSchema: { type: 'object' as const, properties: mapValues(tool.output, toTypeSchema) },
    }),
    annotations: {
      readOnlyHint: tool.safety === 'safe',
      destructiveHint: tool.safety === 'destructive',
      idempotentHint: tool.isIdempotent,
      openWorldHint: tool.isOpenWorld,
    },
    execution: { taskSupport: toTaskSupport(tool) },
    _meta: {
      'oatty/name': tool.name,
      'oatty/safety': tool.safety,
      'oatty/execution_type': tool.executionType,
      'oatty/http_method': httpMethods[tool.safety],
      ...(tool.view !== undefined && toToolMeta(tool.view)),
    },
  };
}

export function toTypeSchema(type: JsonType): { type?: JsonType } {
  return type === 'any' ? {} : { type };
}

// --- internal ---

type ToolDescription = ReturnType<typeof describeTool>;

/** By tool: schemas are costly to write, and clients ask for the list again and again. */
const described = {
  underscore: new WeakMap<Tool, ToolDescription>(),
  dotted: new WeakMap<Tool, ToolDescription>(),
};

function describeOnce(tool: Tool, style: ToolNameStyle, tools: ToolSet): ToolDescription {
  const description = described[style].get(tool) ?? describeTool(tool, style, tools);
  described[style].set(tool, description);
  return description;
}

/** The method that a command of the same effect has (DESIGN: effect comes from the method). */
const httpMethods = { safe: 'GET', standard: 'POST', destructive: 'DELETE' } as const;

function toTaskSupport(tool: Tool): 'forbidden' | 'optional' | 'required' {
  if (tool.kind === 'call') return 'forbidden';
  return tool.run ? 'optional' : 'required';
}

/** D3 */
function nameAsListed(text: string, style: ToolNameStyle, tools: ToolSet): string {
  return text.replaceAll(/\w+\.\w+/g, (word) => (tools.find(word) ? toListedName(word, style) : word));
}

function toInputSchema(input: z.ZodObject) {
  const {
    $schema,
    properties = {},
    additionalProperties, // D5
    ...schema
  } = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any', // `jsonObject` says itself what it is
    override: ({ jsonSchema }) => leaveOutEmpty(jsonSchema),
  });
  const listed = { ...schema, type: 'object' as const, properties: mapValues(properties, splitTypes) };
  return { ...listed, ...input.meta() }; // D6
}

/** What says nothing. */
function leaveOutEmpty(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.propertyNames;
  if (isEmpty(schema.additionalProperties)) delete schema.additionalProperties;
}

/** D4 */
function splitTypes(schema: z.core.JSONSchema._JSONSchema): object {
  if (typeof schema === 'boolean' || !Array.isArray(schema.type)) return schema as object;
  const { type, ...rest } = schema;
  return { ...rest, anyOf: type.map((one) => ({ type: one })) };
}

function isEmpty(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0;
}
