/** A call of a tool, whatever the protocol revision: find it, check the arguments, run it, shape the result. */
import { OattyError } from '@oatty/types';
import { toToolFailure, toToolResult } from '../errors/to-mcp.ts';
import type { ToolResult } from '../errors/to-mcp.ts';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import { parseArguments } from './parse-arguments.ts';
import { findTool, nearestToolName } from './tool-list.ts';
import type { CallTool, Tool, ToolContext } from './tool.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` for a name that no tool has */
export function requireTool(name: string): Tool {
  const tool = findTool(name);
  if (tool) return tool;
  const nearest = nearestToolName(name);
  throw new OattyError('ARGUMENT_INVALID', `There is no tool "${name.slice(0, 100)}".`, {
    suggestedAction: nearest ? `Did you mean "${nearest}"?` : 'List the tools to see which there are.',
    context: { tool: name.slice(0, 100) },
  });
}

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
