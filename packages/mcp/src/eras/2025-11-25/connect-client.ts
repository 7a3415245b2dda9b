/**
 * Serves one client of revision 2025-11-25 (and of older ones, without tasks) with the low-level server of SDK 1.x.
 *
 * Requests come through `fallbackRequestHandler`, untouched: the SDK's own handlers of `tools/call` and of tasks
 * replace our errors by theirs, drop their data, and run a tool before they refuse its task.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  isInitializeRequest,
  LATEST_PROTOCOL_VERSION,
  SUPPORTED_PROTOCOL_VERSIONS,
} from '@modelcontextprotocol/sdk/types.js';
import type { Changes } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { ConnectedClient, McpHost } from '../../create-server.ts';
import { toInstructions } from '../../instructions.ts';
import { answerRequest, logTransport } from '../../methods/answer-request.ts';
import { toCompletionMethods } from '../../methods/completion.ts';
import type { Call } from '../../methods/method.ts';
import { toPromptMethods } from '../../methods/prompts.ts';
import { toResourceMethods } from '../../methods/resources.ts';
import { Subscriptions } from '../../resources/subscriptions.ts';
import { ClientTasks } from '../../tasks/client-tasks.ts';
import { uiExtension } from '../../views/ui-extension.ts';
import type { Connection } from '../connection.ts';
import { ClientLink } from './client-link.ts';
import { toLoggingMethods } from './logging.ts';
import type { Session } from './session.ts';
import { toSubscriptionMethods } from './subscriptions.ts';
import { toTaskMethods } from './tasks.ts';
import { toToolMethods } from './tools.ts';

export async function connectClient(
  host: McpHost,
  transport: Transport,
  { caller, streams }: ConnectedClient,
): Promise<Connection> {
  const server = new Server(
    { name: 'oatty', title: 'oatty', version: host.version },
    { capabilities, instructions: toInstructions(host.toolNames) },
  );
  skipRequestZero(server);
  server.removeRequestHandler('logging/setLevel'); // ours keeps the level where messages are sent from
  const session = createSession(host, caller, new ClientLink(server, streams));
  const methods = {
    ...toToolMethods(session),
    ...toResourceMethods(host.oatty, host.surface),
    ...toSubscriptionMethods(session),
    ...toPromptMethods({
      ...host,
      answer: (_, call: Call, read) => read(session.link.toToolClient(call)),
    }),
    ...toCompletionMethods(host.oatty, host.surface),
    ...toTaskMethods(session),
    ...toLoggingMethods(session),
  };
  const spoken: Spoken = {};
  server.fallbackRequestHandler = ({ method, params }, { requestId, signal, authInfo }) => {
    signal.addEventListener('abort', () => streams.end(requestId), { once: true });
    const call = { requestId, signal, ...spoken, ...(authInfo && { scopes: authInfo.scopes }) };
    return answerRequest(methods, { method, params }, call, host);
  };
  server.onerror = (error) => logTransport(host.log, error);
  const onChanges = (changes: Changes) =>
    session.link.tellChanges({
      uris: session.subscriptions.touchedBy(changes),
      areTools: host.surface.tools.isTouched(changes),
    });
  server.oninitialized = () => host.board.join(onChanges);
  server.onclose = () => {
    session.tasks.close();
    host.board.leave(onChanges);
  };
  await server.connect(transport);
  noteRevision(transport, spoken);
  return {
    onStreams: () => session.tasks.offerQuestions(),
    close: () => server.close(),
  };
}

// --- internal ---

const capabilities = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: {},
  completions: {},
  logging: {},
  tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
  extensions: uiExtension,
};

interface Spoken {
  revision?: string;
}

/** The SDK does not tell which revision it has agreed on. */
function noteRevision(transport: Transport, spoken: Spoken): void {
  const { onmessage } = transport;
  transport.onmessage = (message, extra) => {
    if (isInitializeRequest(message)) {
      const { protocolVersion: wanted } = message.params;
      spoken.revision = SUPPORTED_PROTOCOL_VERSIONS.includes(wanted) ? wanted : LATEST_PROTOCOL_VERSION;
    }
    onmessage?.call(transport, message, extra);
  };
}

/**
 * Clients of SDK 1.x take the id 0 for none when a request is taken back (`Protocol._oncancel`), so the first form
 * would stay open for ever. Our ids begin with 1. Can go when they no longer do.
 */
function skipRequestZero(server: Server): void {
  Object.assign(server, { _requestMessageId: 1 });
}

function createSession(host: McpHost, caller: Caller, link: ClientLink): Session {
  const { oatty, surface, toolNames, log, desk, heartbeatMs } = host;
  const tasks = new ClientTasks({ oatty, desk, client: link, caller, log, heartbeatMs });
  const subscriptions = new Subscriptions(surface.resources);
  return { oatty, surface, toolNames, log, caller, link, tasks, subscriptions };
}
