/** A call of a tool, whatever the protocol revision: check the arguments, run it, shape the result. */
import { OattyError } from '@oatty/types';
import { toToolFailure, toToolResult } from '../errors/to-mcp.ts';
import type { ToolResult } from '../errors/to-mcp.ts';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import { parseArguments } from './parse-arguments.ts';
import type { CallTool, ToolContext } from './tool.ts';

/** Never throws: what goes wrong is the result. */
export async function callTool(
  tool: CallTool,
  args: unknown,
  context: ToolContext,
  log: Log,
): Promise<ToolResult> {
  try {
    return toToolResult(await tool.run(parseArguments(tool, args), context));
  } catch (thrown) {
    const error = OattyError.from(thrown);
    logFailure(log, `tools/call ${tool.name}`, error);
    return toToolFailure(error);
  }
}
