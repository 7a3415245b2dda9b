/** Calls of tools as a model makes them, and what comes back. */
import type { ErrorPayload } from '@oatty/types';
import { productTools } from '../src/tools/tool-list.ts';
import * as z from 'zod';
import type { TestClient } from './a-client.ts';
import type { ModernClient } from './modern-client.ts';

/**
 * The result of a call that succeeds. The SDK's client checks it against the listed schema; here it is checked that
 * this one lists every property, and against the full one.
 */
export async function call(
  { client }: TestClient,
  name: string,
  args: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const { isError, structuredContent, content } = await client.callTool({ name, arguments: args });
  const text = Array.isArray(content) && content[0]?.type === 'text' ? content[0].text : '';
  if (isError === true) throw new Error(`${name} failed: ${text}`);
  if (text !== JSON.stringify(structuredContent))
    throw new Error(`${name}: the text differs from the structure`);
  const result = structuredContent as Record<string, unknown>; // the SDK knows no more of it
  const listed = Object.keys(productTools.find(name)?.output ?? {});
  const unlisted = Object.keys(result).filter((property) => !listed.includes(property));
  if (unlisted.length > 0) throw new Error(`${name}: the output schema lacks ${unlisted.join(', ')}`);
  const checked = (await productTools.find(name)?.fullOutput())?.safeParse(result);
  if (!checked?.success) throw new Error(`${name}: not as its full schema says: ${checked?.error.message}`);
  return result;
}

/** The payload of a call that fails as a tool result. */
export async function failure(
  { client }: TestClient,
  name: string,
  args: Record<string, unknown> = {},
): Promise<ErrorPayload> {
  const { isError, structuredContent } = await client.callTool({ name, arguments: args });
  if (isError !== true) throw new Error(`${name} did not fail: ${JSON.stringify(structuredContent)}`);
  const { data } = structuredContent as { data: ErrorPayload }; // E2 of errors/to-mcp.ts
  return data;
}

/** What a tool of a catalog gives: a document, and a text of its own. */
export interface Answer {
  readonly document: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Of a call that succeeds, by a client of either generation. */
export async function answerOf(
  client: Pick<TestClient['client'], 'callTool'> | Pick<ModernClient['client'], 'callTool'>,
  name: string,
  args: Record<string, unknown>,
): Promise<Answer> {
  const result = answerSchema.parse(await client.callTool({ name, arguments: args }));
  return { document: result.structuredContent, text: result.content[0].text };
}

// --- internal ---

const answerSchema = z.looseObject({
  isError: z.undefined().optional(),
  structuredContent: z.record(z.string(), z.unknown()),
  content: z.tuple([z.object({ type: z.literal('text'), text: z.string() })]),
});
