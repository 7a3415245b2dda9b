/** A request of MCP by the semantic conventions of OpenTelemetry: names of methods and tools, and nothing of what is sent. */
import type { Operation } from '@oatty/runtime';
import * as z from 'zod';
import { toProtocolError } from '../errors/to-mcp.ts';
import { toListedName } from '../tools/tool-name.ts';
import type { ToolSet } from '../tools/tool-set.ts';

/** @param isKnown - methods that are none of the server's have no name of their own: anybody could make them up */
export function toOperation(
  { method, params }: { readonly method: string; readonly params?: unknown },
  isKnown: boolean,
  tools: ToolSet,
): Operation {
  const { data } = facts.safeParse(params);
  const shown = isKnown ? method : 'unknown';
  const tool = method === 'tools/call' ? tools.find(data?.name ?? '') : undefined;
  const toolName = tool && toListedName(tool.name, 'underscore');
  const { _meta: meta } = data ?? {};
  const traceparent = meta?.traceparent;
  return {
    name: toolName === undefined ? shown : `${shown} ${toolName}`,
    attributes: {
      'mcp.method.name': shown,
      ...(toolName !== undefined && {
        'gen_ai.tool.name': toolName,
        'gen_ai.operation.name': 'execute_tool',
      }),
    },
    ...(traceparent !== undefined && { traceparent }),
    failureOf: (result) => (failed.safeParse(result).success ? 'tool_error' : undefined),
    failureFrom: (thrown) => toProtocolError(thrown).data.error_code,
  };
}

// --- internal ---

const facts = z.looseObject({
  name: z.string().optional().catch(undefined),
  _meta: z
    .looseObject({ traceparent: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const failed = z.looseObject({ isError: z.literal(true) });
