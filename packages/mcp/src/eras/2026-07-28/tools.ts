/**
 * `tools/list` and `tools/call`.
 *
 *   T1. The server decides what becomes a task: what a task tool starts, for a client that knows tasks.
 *   T2. What goes wrong before there is a task is a result like that of any other tool.
 *   T3. A call that needs an answer ends with the question, and begins anew when it comes again.
 */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { grantedEffect, toCaller } from '../../auth/scopes.ts';
import { toToolFailure } from '../../errors/to-mcp.ts';
import { logFailure } from '../../log.ts';
import { defineMethod, noCursor } from '../../methods/method.ts';
import type { Methods } from '../../methods/method.ts';
import { callTool, isRunnable } from '../../tools/call-tool.ts';
import { describeTools } from '../../tools/describe-tool.ts';
import { toPerson } from '../../tools/person.ts';
import { CallInterruption, isLogged } from '../../tools/tool-client.ts';
import type { ToolClient } from '../../tools/tool-client.ts';
import type { TaskTool, ToolContext } from '../../tools/tool.ts';
import { changing } from './cache-hint.ts';
import { answerRound } from './input-round.ts';
import type { InputRound } from './input-round.ts';
import type { ModernCall } from './modern-call.ts';
import type { ModernSession } from './modern-session.ts';
import { knowsTasks, needsTasks } from './tasks-extension.ts';
import { toCreatedTask } from './to-wire-task.ts';

export function toToolMethods(session: ModernSession): Methods<ModernCall> {
  const { oatty, surface } = session;
  const { tools } = surface;
  return {
    'tools/list': defineMethod(noCursor, async () => ({
      ...describeTools(await tools.read(oatty), session.toolNames),
      ...changing,
    })),
    'tools/call': defineMethod(callParams, async ({ _meta: meta, ...params }, call: ModernCall) => {
      const tool = await tools.require(params.name, oatty);
      const request = ['tools/call', session.caller.principal, tool.name, params.arguments];
      return answerRound({ call, request, readKey: session.readKey }, async (round) => {
        const context = toContext(session, call, { round, progressToken: meta?.progressToken });
        if (tool.kind === 'task' && knowsTasks(call))
          return startTask(tool, params.arguments, context, session);
        if (isRunnable(tool)) return callTool(tool, params.arguments, context, session.log);
        throw needsTasks(tool.name);
      });
    }),
  };
}

// --- internal ---

const callParams = z.object({
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()).optional(),
  _meta: z.object({ progressToken: z.union([z.string(), z.number()]).optional() }).optional(),
});

interface CallParts {
  readonly round: InputRound;
  readonly progressToken: string | number | undefined;
}

function toContext(
  { oatty, caller, scopes }: ModernSession,
  call: ModernCall,
  { round, progressToken }: CallParts,
): ToolContext {
  const client: ToolClient = {
    can: (method) => round.can(method),
    ask: (requests, options) => round.ask(requests, options),
    progress: (done, total) => {
      if (progressToken !== undefined)
        call.notify('notifications/progress', { progressToken, progress: done, total });
    },
    log: (level, data) => {
      if (isLogged(level, call.logLevel))
        call.notify('notifications/message', { level, logger: 'oatty', data });
    },
  };
  const maxEffect = scopes && grantedEffect(scopes);
  return {
    oatty,
    caller: toCaller(caller, scopes),
    signal: call.signal,
    person: toPerson(client),
    client,
    ...(maxEffect && { maxEffect }),
  };
}

/** T2 */
async function startTask(
  tool: TaskTool,
  args: unknown,
  context: ToolContext,
  { tasks, log }: ModernSession,
): Promise<object> {
  try {
    return toCreatedTask((await tasks.start(tool, args, context)).task);
  } catch (thrown) {
    if (thrown instanceof CallInterruption) throw thrown;
    const error = OattyError.from(thrown);
    logFailure(log, `tools/call ${tool.name}`, error);
    return toToolFailure(error);
  }
}
