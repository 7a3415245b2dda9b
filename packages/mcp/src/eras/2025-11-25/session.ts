/** All that one connected client has. */
import type { Oatty } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { Log } from '../../log.ts';
import type { McpSurface } from '../../surface.ts';
import type { ClientTasks } from '../../tasks/client-tasks.ts';
import type { Subscriptions } from '../../resources/subscriptions.ts';
import type { ToolNameStyle } from '../../tools/tool-name.ts';
import type { ClientLink } from './client-link.ts';

export interface Session {
  readonly oatty: Oatty;
  readonly caller: Caller;
  readonly surface: McpSurface;
  readonly toolNames: ToolNameStyle;
  readonly log: Log;
  readonly link: ClientLink;
  readonly tasks: ClientTasks;
  readonly subscriptions: Subscriptions;
}
