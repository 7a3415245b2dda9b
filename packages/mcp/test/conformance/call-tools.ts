/** Tools of the conformance suite that answer a call: their names and results are the suite's. */
import { setTimeout as pause } from 'node:timers/promises';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import type { ClientRequest } from '../../src/tools/tool-client.ts';
import { ToolContent } from '../../src/tools/tool-content.ts';
import type { ContentBlock } from '../../src/tools/tool-content.ts';
import { defineTool } from '../../src/tools/tool.ts';
import type { Tool, ToolContext } from '../../src/tools/tool.ts';

export const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const silence = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAESsAACJWAAACABAAZGF0YQAAAAA=';

export const callTools: readonly Tool[] = [
  answering('test_simple_text', async () => text('This is a simple text response for testing.')),
  answering('test_image_content', async () => [image]),
  answering('test_audio_content', async () => [{ type: 'audio', data: silence, mimeType: 'audio/wav' }]),
  answering('test_embedded_resource', async () => [
    resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
  ]),
  answering('test_multiple_content_types', async () => [
    ...text('Multiple content types test:'),
    image,
    resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
  ]),
  answering('test_error_handling', async () => {
    throw new OattyError('HTTP_ERROR', 'This tool intentionally returns an error for testing');
  }),
  answering('test_tool_with_logging', logThrice),
  answering('test_logging_tool', logThrice),
  answering('test_tool_with_progress', async ({ client }) => {
    for (const done of [0, 50, 100]) {
      client.progress(done, 100);
      await pause(50);
    }
    return text('Done.');
  }),
  defineTool({
    ...described('greet'),
    input: z.object({ name: z.string().optional() }),
    run: async ({ name }) => new ToolContent(...text(`Hello, ${name ?? 'you'}!`)),
  }),
  defineTool({
    ...described('json_schema_2020_12_tool'),
    input: contactDetails(),
    run: async () => new ToolContent(...text('Done.')),
  }),
];

export function described(name: string) {
  return {
    kind: 'call',
    name,
    description: 'A fixture of the conformance suite.',
    safety: 'safe',
    executionType: 'local',
    isIdempotent: true,
    isOpenWorld: false,
    output: {},
    fullOutput: async () => z.object({}),
  } as const;
}

/** A tool without arguments that gives content. */
export function answering(
  name: string,
  answer: (context: ToolContext) => Promise<readonly ContentBlock[]>,
): Tool {
  return defineTool({
    ...described(name),
    input: z.object({}),
    run: async (_, context) => new ToolContent(...(await answer(context))),
  });
}

export function text(line: string): readonly ContentBlock[] {
  return [{ type: 'text', text: line }];
}

export function form(
  message: string,
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
): ClientRequest {
  const requestedSchema = { type: 'object', properties, ...(required.length > 0 && { required }) };
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } };
}

// --- internal ---

const image: ContentBlock = { type: 'image', data: pixel, mimeType: 'image/png' };

function resource(uri: string, mimeType: string, content: string): ContentBlock {
  return { type: 'resource', resource: { uri, mimeType, text: content } };
}

/** Arguments whose schema has words of JSON Schema that zod has none for. */
function contactDetails() {
  const address = {
    $anchor: 'addressDef',
    type: 'object',
    properties: { street: { type: 'string' }, city: { type: 'string' } },
  };
  return z
    .strictObject({
      name: z.string().optional(),
      address: z.unknown().meta({ $ref: '#/$defs/address' }),
      contactMethod: z.enum(['phone', 'email']).optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
    })
    .meta({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: { address },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON Schema
      then: { required: ['phone'] },
      else: { required: ['email'] },
      additionalProperties: false,
    });
}

async function logThrice({ client }: ToolContext) {
  for (const line of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
    client.log('info', line);
    await pause(50);
  }
  return text('Done.');
}
