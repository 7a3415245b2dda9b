/** A request of MCP by the semantic conventions of OpenTelemetry: names of methods and tools, and nothing of what is sent. */
import type { Operation } from '@oatty/runtime';
import * as z from 'zod';
import { toProtocolError } from '../errors/to-mcp.ts';
import { toListedName } from '../tools/tool-name.ts';
import type { McpSurface } from '../surface.ts';

export interface ObservedRequest {
  readonly method: string;
  readonly params?: unknown;
  /** Of the protocol, once it is known. */
  readonly revision?: string | undefined;
}

/** @param isKnown - methods that are none of the server's have no name of their own: anybody could make them up */
export function toOperation(
  { method, params, revision }: ObservedRequest,
  isKnown: boolean,
  { tools, prompts }: Pick<McpSurface, 'tools' | 'prompts'>,
): Operation {
  const { data } = facts.safeParse(params);
  const shown = isKnown ? method : 'unknown';
  const tool = method === 'tools/call' ? tools.find(data?.name ?? '') : undefined;
  const toolName = tool && toListedName(tool.name, 'underscore');
  const prompt =
    method === 'prompts/get' ? prompts.list.find(({ name }) => name === data?.name)?.name : undefined;
  const target = toolName ?? prompt;
  const { _meta: meta } = data ?? {};
  const { traceparent, tracestate } = meta ?? {};
  return {
    name: target === undefined ? shown : `${shown} ${target}`,
    attributes: {
      'mcp.method.name': shown,
      ...(revision !== undefined && { 'mcp.protocol.version': revision }),
      ...(prompt !== undefined && { 'gen_ai.prompt.name': prompt }),
      ...(toolName !== undefined && {
        'gen_ai.tool.name': toolName,
        'gen_ai.operation.name': 'execute_tool',
      }),
    },
    ...(traceparent !== undefined && { traceparent }),
    ...(tracestate !== undefined && { tracestate }),
    failureOf: (result) => (failed.safeParse(result).success ? 'tool_error' : undefined),
    failureFrom: (thrown) => toProtocolError(thrown).data.error_code,
  };
}

// --- internal ---

const text = z.string().optional().catch(undefined);

const facts = z.looseObject({
  name: text,
  _meta: z.looseObject({ traceparent: text, tracestate: text }).optional().catch(undefined),
});

const failed = z.looseObject({ isError: z.literal(true) });
