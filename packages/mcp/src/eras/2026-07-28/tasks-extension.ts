/** The extension `io.modelcontextprotocol/tasks`: a client says with each request that it knows tasks. */
import { OattyError } from '@oatty/types';
import { MissingCapability } from './missing-capability.ts';
import type { ModernCall } from './modern-call.ts';

export const tasksExtension = 'io.modelcontextprotocol/tasks';

export function knowsTasks({ capabilities }: ModernCall): boolean {
  return capabilities.extensions?.[tasksExtension] !== undefined;
}

/** @param operation - what needs them: a tool or a method */
export function needsTasks(operation: string): MissingCapability {
  const error = new OattyError('TASK_CAPABILITY_REQUIRED', `${operation} requires MCP tasks support.`, {
    suggestedAction: `Declare the extension ${tasksExtension}, or call run.start and then run.status.`,
    context: { operation },
  });
  return new MissingCapability(error, { extensions: { [tasksExtension]: {} } });
}
