/**
 * Serves one client of revision 2025-11-25 (and of older ones, without tasks) with the low-level server of SDK 1.x.
 *
 * Requests come through `fallbackRequestHandler`, untouched: the SDK's own handlers of `tools/call` and of tasks
 * replace our errors by theirs, drop their data, and run a tool before they refuse its task.
 */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { OattyError } from '@oatty/types';
import { ProtocolError, rpcCodes, toProtocolError } from '../../errors/to-mcp.ts';
import type { ClientStreams, McpHost } from '../../create-server.ts';
import { toInstructions } from '../../instructions.ts';
import { logFailure } from '../../log.ts';
import { ClientTasks } from '../../tasks/client-tasks.ts';
import { ClientLink } from './client-link.ts';
import type { Call, Method, Methods } from './method.ts';
import { toResourceMethods } from './resources.ts';
import type { Session } from './session.ts';
import { toTaskMethods } from './tasks.ts';
import { toToolMethods } from './tools.ts';

export interface Connection {
  /** A stream to the client has opened or broken: what is open is asked there, or elsewhere. */
  onStreams(): void;
  /** Resolves when every request that came has been answered, but for those that wait until a run ends. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export async function connectClient(
  host: McpHost,
  transport: Transport,
  streams: ClientStreams,
): Promise<Connection> {
  const server = new Server(
    { name: 'oatty', title: 'oatty', version: host.version },
    { capabilities, instructions: toInstructions(host.toolNames) },
  );
  skipRequestZero(server);
  const session = createSession(host, new ClientLink(server, streams));
  const methods = { ...toToolMethods(session), ...toResourceMethods(session), ...toTaskMethods(session) };
  const pending = new Set<Promise<object>>();
  server.fallbackRequestHandler = ({ method, params }, { requestId, signal }) => {
    signal.addEventListener('abort', () => streams.end(requestId), { once: true });
    const answered = answer(method, params, { requestId, signal }, methods, session);
    if (method !== 'tasks/result') pending.add(answered);
    const forget = () => pending.delete(answered);
    answered.then(forget, forget);
    return answered;
  };
  server.onerror = (error) => logTransport(session, error);
  server.onclose = () => session.tasks.close();
  await server.connect(transport);
  return {
    onStreams: () => session.tasks.offerQuestions(),
    settled: async () => void (await Promise.allSettled(pending)),
    close: () => server.close(),
  };
}

// --- internal ---

const capabilities = {
  tools: {},
  resources: {},
  completions: {},
  tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
};

/**
 * Clients of SDK 1.x take the id 0 for none when a request is taken back (`Protocol._oncancel`), so the first form
 * would stay open for ever. Our ids begin with 1. Can go when they no longer do.
 */
function skipRequestZero(server: Server): void {
  Object.assign(server, { _requestMessageId: 1 });
}

function createSession(host: McpHost, link: ClientLink): Session {
  const { oatty, toolNames, log, caller, desk, heartbeatMs } = host;
  const tasks = new ClientTasks({ oatty, desk, client: link, caller, log, heartbeatMs });
  return { oatty, toolNames, log, caller, link, tasks };
}

async function answer(name: string, params: unknown, call: Call, methods: Methods, { log }: Session) {
  try {
    return { ...(await findMethod(methods, name)(params, call)) };
  } catch (thrown) {
    const failure = toProtocolError(thrown);
    if (!call.signal.aborted) logFailure(log, name, failure.error);
    throw failure;
  }
}

function findMethod(methods: Methods, name: string): Method {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method) return method;
  const error = new OattyError('ARGUMENT_INVALID', `There is no method "${name.slice(0, 100)}".`, {
    suggestedAction: 'Use a method of the capabilities that the server declares.',
  });
  throw new ProtocolError(error, rpcCodes.methodNotFound);
}

/** Of an error that is not ours only what happened: the rest of the text may hold what the client sent. */
function logTransport({ log }: Session, error: Error): void {
  if (error instanceof OattyError) {
    logFailure(log, 'transport', error);
    return;
  }
  const [message] = error.message.split(':', 1);
  log(JSON.stringify({ at: new Date().toISOString(), level: 'warn', operation: 'transport', message }));
}
