/** Checks commands at the edge (a catalog file, a module) and documents them as JSON Schema. */
import * as z from 'zod';
import type { Command, CommandResult, Execution, Pagination } from './command.ts';
import type { JsonSchema } from './json.ts';
import type { ProviderBinding, ProviderContract } from './provider.ts';

/** A JSON Schema as data: any object. What it says is not judged here. */
export const jsonSchemaSchema: z.ZodType<JsonSchema> = z
  .record(z.string(), z.unknown())
  .describe('A JSON Schema of dialect 2020-12; references are "#/schemas/<name>".');

const optional = z.exactOptional;
const text = (description: string) => z.string().describe(description);

export const effectSchema = z
  .enum(['safe', 'standard', 'destructive'])
  .describe('What the command does at most: nothing, a change, a removal.');

const styleSchema = z
  .enum([
    'simple',
    'label',
    'matrix',
    'form',
    'spaceDelimited',
    'pipeDelimited',
    'deepObject',
    'tabDelimited',
  ])
  .describe('How lists and objects are written.');

const providerBindingSchema: z.ZodType<ProviderBinding> = z
  .strictObject({
    command: text('Id of the provider command.'),
    binds: optional(
      z.record(z.string(), z.string()).describe('Provider parameter → parameter of the consumer.'),
    ),
  })
  .describe('The command that lists the values of a parameter.');

export const providerContractSchema: z.ZodType<ProviderContract> = z
  .strictObject({
    command: text('Id of the provider command.'),
    arguments: z
      .array(z.strictObject({ name: z.string(), required: z.boolean() }))
      .describe('What the provider command itself needs.'),
    list_path: optional(text('Where the list is in the output; "." is the output itself.')),
    fields: z
      .array(
        z.strictObject({
          name: z.string(),
          type: optional(z.string()),
          tags: optional(z.array(z.enum(['id', 'display']))),
        }),
      )
      .describe('Fields of one item; "id" marks what to take, "display" what to show.'),
  })
  .describe('What a provider command takes and gives.');

const parameterSchema = z
  .strictObject({
    name: text('The name callers use; unique within the command.'),
    wire_name: optional(text('The name on the wire where it differs.')),
    in: z.enum(['path', 'query', 'header', 'cookie', 'body']).describe('Where the value travels.'),
    required: z.boolean(),
    description: optional(z.string()),
    schema: jsonSchemaSchema,
    style: optional(styleSchema),
    explode: optional(z.boolean()),
    allow_reserved: optional(z.boolean().describe('Reserved characters stay as they are.')),
    whole_query: optional(z.boolean().describe('The value is the whole query string.')),
    media_type: optional(text('The value is sent as this media type.')),
    part: optional(text('A header of this part of a multipart body.')),
    provider: optional(providerBindingSchema),
  })
  .describe('One parameter.');

const bodySchema = z
  .strictObject({
    media_type: text('The media type that is sent.'),
    schema: jsonSchemaSchema,
    required: z.boolean(),
    encoding: optional(
      z
        .record(
          z.string(),
          z.strictObject({
            content_type: optional(z.string()),
            style: optional(styleSchema),
            explode: optional(z.boolean()),
            headers: optional(z.record(z.string(), z.string())),
          }),
        )
        .describe('How properties of a form or multipart body are written.'),
    ),
  })
  .describe('The request body.');

const paginationSchema: z.ZodType<Pagination> = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('link') }),
    z.strictObject({ kind: z.literal('next_url'), next_path: z.string() }),
    z.strictObject({
      kind: z.literal('cursor'),
      parameter: z.string(),
      next_path: z.string(),
      has_more_path: optional(z.string()),
    }),
    z.strictObject({
      kind: z.literal('last_item'),
      parameter: z.string(),
      item_field: z.string(),
      has_more_path: z.string(),
    }),
    z.strictObject({ kind: z.literal('page'), parameter: z.string(), first: z.int() }),
    z.strictObject({ kind: z.literal('offset'), parameter: z.string() }),
  ])
  .describe('How a list goes on after its first page.');

const executionSchema: z.ZodType<Execution> = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('http'),
      method: z.string().regex(/^[A-Z][A-Z-]*$/),
      path: text('Path template below the base URL.'),
      servers: optional(z.array(z.string()).describe('Servers of this operation alone.')),
      security: optional(
        z
          .array(z.record(z.string(), z.array(z.string())))
          .describe('Alternatives of schemes that hold together.'),
      ),
      accept: optional(z.array(z.string()).describe('Media types of successful responses.')),
      idempotency: optional(z.strictObject({ header: z.string(), honoured: z.boolean() })),
    }),
    z.strictObject({ kind: z.literal('workflow'), workflow_id: z.string() }),
    z.strictObject({ kind: z.literal('module'), handler: z.string() }),
  ])
  .describe('What stands behind the command.');

export const commandSchema: z.ZodType<Command> = z
  .strictObject({
    id: text('"<vendor> <name>", unique over all catalogs.'),
    summary: z.string(),
    description: optional(z.string()),
    effect: effectSchema,
    deprecated: optional(z.boolean()),
    tags: optional(z.array(z.string())),
    operation_id: optional(z.string()),
    parameters: z.array(parameterSchema),
    body: optional(bodySchema),
    output_schema: optional(jsonSchemaSchema),
    list_path: optional(text('Where the list is in the output; "." is the output itself.')),
    pagination: optional(paginationSchema),
    execution: executionSchema,
  })
  .describe('One callable operation.');

export const commandResultSchema: z.ZodType<CommandResult> = z
  .strictObject({
    status: z.int().describe('HTTP status; 200 for commands that are not HTTP.'),
    headers: z.record(z.string(), z.string()).describe('Response headers with lower-case names.'),
    body: z.unknown().describe('Parsed JSON, text, a file reference, or null.'),
  })
  .describe('What one call of a command gives.');
