/** The extension `io.modelcontextprotocol/tasks`: a client says with each request that it knows tasks. */
import { OattyError } from '@oatty/types';
import { MissingCapability } from './missing-capability.ts';
import type { ModernCall } from './modern-call.ts';

export const tasksExtension = 'io.modelcontextprotocol/tasks';

/**
 * @param operation - what needs it: a tool or a method
 * @throws {MissingCapability} `TASK_CAPABILITY_REQUIRED`
 */
export function requireTasks({ capabilities }: ModernCall, operation: string): void {
  if (capabilities.extensions?.[tasksExtension] !== undefined) return;
  const error = new OattyError('TASK_CAPABILITY_REQUIRED', `${operation} requires MCP tasks support.`, {
    suggestedAction: `Declare the extension ${tasksExtension}, or call run.start and then run.status.`,
    context: { operation },
  });
  throw new MissingCapability(error, { extensions: { [tasksExtension]: {} } });
}
