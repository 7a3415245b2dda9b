/**
 * `tools/list` and `tools/call`.
 *
 *   T1. A tool that needs a task is refused without one, and a tool that forbids it with one, before anything runs.
 *   T2. With a task, what is wrong before the run is in the journal is a JSON-RPC error, with its own payload.
 */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { grantedEffect, toCaller } from '../../auth/scopes.ts';
import { ProtocolError, rpcCodes, toInvalidParams } from '../../errors/to-mcp.ts';
import { defineMethod, noCursor } from '../../methods/method.ts';
import type { Call, Methods } from '../../methods/method.ts';
import { jsonObject } from '../../tools/argument-schemas.ts';
import { callTool, isRunnable } from '../../tools/call-tool.ts';
import { describeTools } from '../../tools/describe-tool.ts';
import { toPerson } from '../../tools/person.ts';
import type { CallTool, TaskTool, ToolContext } from '../../tools/tool.ts';
import type { Session } from './session.ts';
import { toCreatedTask } from './to-wire-task.ts';

export function toToolMethods(session: Session): Methods {
  const { oatty, surface } = session;
  const { tools } = surface;
  return {
    'tools/list': defineMethod(noCursor, async () =>
      describeTools(await tools.read(oatty), session.toolNames),
    ),
    'tools/call': defineMethod(
      callParams,
      async (params, call) => {
        const tool = await tools.require(params.name, oatty);
        if (isRunnable(tool) && !params.task)
          return callTool(tool, params.arguments, toContext(session, call, params), session.log);
        if (tool.kind === 'task') return startTask(tool, params, call, session);
        throw forbidsTask(tool);
      },
      toInvalidParams,
    ),
  };
}

// --- internal ---

const callParams = z.object({
  name: z.string(),
  arguments: jsonObject.optional(),
  task: z.object({ ttl: z.number().positive().optional() }).optional(),
  _meta: z.object({ progressToken: z.union([z.string(), z.number()]).optional() }).optional(),
});

async function startTask(
  tool: TaskTool,
  params: z.infer<typeof callParams>,
  call: Call,
  session: Session,
): Promise<object> {
  const { task: requested, arguments: args, _meta: meta } = params;
  if (!requested) throw needsTask(tool);
  const task = await session.tasks.start(tool, args, toContext(session, call, params), {
    ttlMs: requested.ttl,
    progressToken: meta?.progressToken,
  });
  return toCreatedTask(task);
}

function toContext(
  { oatty, caller, link }: Session,
  call: Call,
  { _meta: meta }: z.infer<typeof callParams>,
): ToolContext {
  const maxEffect = call.scopes && grantedEffect(call.scopes);
  const client = link.toToolClient(call, meta?.progressToken);
  return {
    oatty,
    caller: toCaller(caller, call.scopes),
    signal: call.signal,
    person: toPerson(client),
    client,
    ...(maxEffect && { maxEffect }),
  };
}

function needsTask(tool: TaskTool): ProtocolError {
  return new ProtocolError(
    new OattyError('TASK_CAPABILITY_REQUIRED', `${tool.name} requires MCP tasks support.`, {
      suggestedAction:
        'Connect with an MCP client that supports tasks (revision 2025-11-25), or call run.start and then run.status.',
      context: { tool: tool.name },
    }),
  );
}

function forbidsTask(tool: CallTool): ProtocolError {
  const error = new OattyError('ARGUMENT_INVALID', `${tool.name} does not run as a task.`, {
    suggestedAction: 'Call it again without task.',
    context: { tool: tool.name },
  });
  return new ProtocolError(error, rpcCodes.methodNotFound);
}
