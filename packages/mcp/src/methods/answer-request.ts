/** The way of a request, whatever the protocol revision: its method, the answer, what goes wrong in the log. */
import { OattyError } from '@oatty/types';
import { ProtocolError, rpcCodes, toProtocolError } from '../errors/to-mcp.ts';
import type { McpHost } from '../create-server.ts';
import { logFailure } from '../log.ts';
import { toOperation } from '../telemetry/observe-request.ts';
import type { Log } from '../log.ts';
import type { Call, Method, Methods } from './method.ts';

/** @throws {ProtocolError} and nothing else */
export async function answerRequest<RequestCall extends Call>(
  methods: Methods<RequestCall>,
  { method, params }: { readonly method: string; readonly params?: unknown },
  call: RequestCall,
  { log, telemetry, surface }: RequestHost,
): Promise<Record<string, unknown>> {
  const answer = async () => {
    try {
      return { ...(await findMethod(methods, method)(params, call)) };
    } catch (thrown) {
      const failure = toProtocolError(thrown);
      if (!call.signal.aborted) logFailure(log, method, failure.error);
      throw failure;
    }
  };
  if (!telemetry) return answer();
  const isKnown = Object.hasOwn(methods, method);
  const { revision } = call;
  return telemetry.observe(toOperation({ method, params, revision }, isKnown, surface), answer);
}

type RequestHost = Pick<McpHost, 'log' | 'telemetry' | 'surface'>;

/** Of an error that is not ours only what happened: the rest of the text may hold what the client sent. */
export function logTransport(log: Log, error: Error): void {
  if (error instanceof OattyError) {
    logFailure(log, 'transport', error);
    return;
  }
  const [message = ''] = error.message.split(':', 1);
  log({ level: 'warn', operation: 'transport', message });
}

// --- internal ---

function findMethod<RequestCall extends Call>(
  methods: Methods<RequestCall>,
  name: string,
): Method<RequestCall> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method) return method;
  const error = new OattyError('ARGUMENT_INVALID', `There is no method "${name.slice(0, 100)}".`, {
    suggestedAction: 'Use a method of the capabilities that the server declares.',
  });
  throw new ProtocolError(error, rpcCodes.methodNotFound);
}
