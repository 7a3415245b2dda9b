/** All that requests of one caller have in common: nothing of it is remembered between two of them. */
import type { Oatty } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { McpHost } from '../../create-server.ts';
import type { Log } from '../../log.ts';
import type { McpSurface } from '../../surface.ts';
import { TaskBook } from '../../tasks/task-book.ts';
import type { ToolNameStyle } from '../../tools/tool-name.ts';

export interface Requester {
  readonly caller: Caller;
  /** Of the access token; absent without authentication. */
  readonly scopes?: readonly string[];
}

export interface ModernSession extends Requester {
  readonly oatty: Oatty;
  readonly surface: McpSurface;
  readonly toolNames: ToolNameStyle;
  readonly log: Log;
  readonly tasks: TaskBook;
  /** The key that signs request states. */
  readonly readKey: () => Promise<Buffer>;
}

export function createModernSession(host: McpHost, requester: Requester): ModernSession {
  const { oatty, surface, toolNames, log } = host;
  const tasks = new TaskBook(oatty, requester.caller);
  return {
    ...requester,
    oatty,
    surface,
    toolNames,
    log,
    tasks,
    readKey: () => oatty.sharedKey(),
  };
}
