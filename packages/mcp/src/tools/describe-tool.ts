/**
 * A tool as `tools/list` shows it.
 *
 *   D1. Nothing here depends on the catalogs: the list has the same size with none and with many.
 *   D2. Output schemas are one level deep. They admit the error payload too, because clients check the structured
 *       content of a failure against the same schema.
 */
import * as z from 'zod';
import { toListedName } from './tool-name.ts';
import type { ToolNameStyle } from './tool-name.ts';
import type { Tool } from './tool.ts';

export function describeTool(tool: Tool, style: ToolNameStyle) {
  return {
    name: toListedName(tool.name, style),
    title: tool.name,
    description: tool.description,
    inputSchema: toInputSchema(tool.input),
    outputSchema: toOutputSchema(tool.output),
    annotations: {
      readOnlyHint: tool.safety === 'safe',
      destructiveHint: tool.safety === 'destructive',
      idempotentHint: tool.isIdempotent,
      openWorldHint: tool.isOpenWorld,
    },
    execution: { taskSupport: tool.kind === 'task' ? ('required' as const) : ('forbidden' as const) },
    _meta: {
      'oatty/name': tool.name,
      'oatty/safety': tool.safety,
      'oatty/execution_type': tool.executionType,
      'oatty/http_method': httpMethods[tool.safety],
    },
  };
}

// --- internal ---

/** The method that a command of the same effect has (DESIGN: effect comes from the method). */
const httpMethods = { safe: 'GET', standard: 'POST', destructive: 'DELETE' } as const;

interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Record<string, object>;
  readonly required?: string[];
}

function toInputSchema(input: z.ZodObject) {
  const schema = z.toJSONSchema(input, { io: 'input', override: ({ jsonSchema }) => simplify(jsonSchema) });
  delete schema.$schema;
  return schema as unknown as ObjectSchema; // a zod object gives nothing else
}

/** Leaves out what says nothing. */
function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  delete schema.propertyNames;
  if (isEmpty(schema.additionalProperties)) delete schema.additionalProperties;
  if (isEmpty(schema.items)) delete schema.items;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

function isEmpty(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0;
}

function toOutputSchema(output: z.ZodObject) {
  const { properties, required = [] } = toInputSchema(output);
  return {
    type: 'object' as const,
    properties,
    anyOf: [{ required }, { required: ['code', 'message', 'data'] }],
  };
}
