/**
 * The server of SDK 2.x with our methods, for one request over HTTP or one connection on stdio.
 *
 * The SDK keeps what the revision asks of every message: the envelope, `resultType`, who answers. What its handlers of
 * single methods would do (they know no task, and replace our errors by theirs) is left out: each method is registered
 * with a schema that takes everything, and none is wrapped.
 */
import { Server } from '@modelcontextprotocol/server';
import type { ServerEvent } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { McpHost } from '../../create-server.ts';
import { toInstructions } from '../../instructions.ts';
import { answerRequest } from '../../methods/answer-request.ts';
import type { Methods } from '../../methods/method.ts';
import { uiExtension } from '../../views/ui-extension.ts';
import { toModernCall } from './modern-call.ts';
import type { ModernCall } from './modern-call.ts';
import { createModernSession } from './modern-session.ts';
import type { Requester } from './modern-session.ts';
import { toContentMethods } from './content.ts';
import { tasksExtension } from './tasks-extension.ts';
import { toTaskMethods } from './tasks.ts';
import { toToolMethods } from './tools.ts';

export class ModernServer extends Server {
  constructor(host: McpHost, requester: Requester) {
    super(
      { name: 'oatty', title: 'oatty', version: host.version },
      { capabilities, instructions: toInstructions(host.toolNames) },
    );
    const session = createModernSession(host, requester);
    const methods: Methods<ModernCall> = {
      ...toToolMethods(session),
      ...toContentMethods(session),
      ...toTaskMethods(session),
    };
    for (const method of Object.keys(methods)) {
      this.setRequestHandler(method, { params: anyParams }, (params, context) =>
        answerRequest(methods, { method, params }, toModernCall(context), host),
      );
    }
  }

  /** To whoever listens on this connection. Best effort. */
  async tell(event: ServerEvent): Promise<void> {
    const message = toNotification(event);
    await this.notification(message).catch(() => undefined);
  }

  protected override _wrapHandler<Handler>(_method: string, handler: Handler): Handler {
    return handler;
  }
}

// --- internal ---

function toNotification(event: ServerEvent) {
  switch (event.kind) {
    case 'resource_updated':
      return { method: 'notifications/resources/updated', params: { uri: event.uri } } as const;
    case 'resources_list_changed':
      return { method: 'notifications/resources/list_changed' } as const;
    case 'tools_list_changed':
      return { method: 'notifications/tools/list_changed' } as const;
    case 'prompts_list_changed':
      return { method: 'notifications/prompts/list_changed' } as const;
  }
}

const anyParams = z.record(z.string(), z.unknown());

const capabilities = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: {},
  completions: {},
  logging: {},
  extensions: { [tasksExtension]: {}, ...uiExtension },
};
