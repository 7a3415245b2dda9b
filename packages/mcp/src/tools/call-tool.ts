/** A call of a tool, whatever the protocol revision: check the arguments, run it, shape the result. */
import { OattyError } from '@oatty/types';
import { toToolFailure, toToolResult } from '../errors/to-mcp.ts';
import type { ToolResult } from '../errors/to-mcp.ts';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import { parseArguments } from './parse-arguments.ts';
import { CallInterruption } from './tool-client.ts';
import { ToolAnswer, ToolContent } from './tool-content.ts';
import type { ContentBlock } from './tool-content.ts';
import type { CallTool, Tool, ToolContext } from './tool.ts';

/** A tool that answers calls, whether it also runs as a task or not. */
export type RunnableTool = Tool & Pick<CallTool, 'run'>;

export function isRunnable(tool: Tool): tool is RunnableTool {
  return tool.run !== undefined;
}

interface ContentResult {
  readonly content: readonly ContentBlock[];
}

/**
 * What goes wrong is the result.
 *
 * @throws {CallInterruption} and nothing else
 */
export async function callTool(
  tool: RunnableTool,
  args: unknown,
  context: ToolContext,
  log: Log,
): Promise<ToolResult | ContentResult> {
  try {
    const result = await tool.run(parseArguments(tool, args), context);
    if (result instanceof ToolContent) return { content: result.blocks };
    return result instanceof ToolAnswer ? toToolResult(result.document, result.text) : toToolResult(result);
  } catch (thrown) {
    if (thrown instanceof CallInterruption) throw thrown;
    const error = OattyError.from(thrown);
    logFailure(log, `tools/call ${tool.name}`, error);
    context.client.log(error.traits.category === 'internal' ? 'error' : 'warning', error.toPayload());
    return toToolFailure(error);
  }
}
