/** The answer to an HTTP request that reaches no session: the payload of every other error, as JSON-RPC. */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { OattyError } from '@oatty/types';
import { ProtocolError } from '../errors/to-mcp.ts';
import { HttpRefusal } from './http-refusal.ts';

export function refuseRequest(response: ServerResponse, failure: ProtocolError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers } = toHead(failure);
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(toBody(failure));
}

/** What was no request, or did not come in time: Node has no response for it, only the connection. */
export function refuseConnection(
  socket: Duplex,
  cause: NodeJS.ErrnoException,
  limits: ConnectionLimits,
): void {
  if (!socket.writable || cause.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, reason, error } = toConnectionRefusal(cause.code, limits);
  const body = toBody(new ProtocolError(error));
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'connection: close',
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}

interface ConnectionLimits {
  readonly maxHeaderBytes: number;
  readonly maxRequestMs: number;
}

// --- internal ---

function toBody({ code, message, data }: ProtocolError): string {
  return JSON.stringify({ jsonrpc: '2.0', error: { code, message, data }, id: null });
}

function toHead(failure: ProtocolError): Pick<HttpRefusal, 'status' | 'headers'> {
  return failure instanceof HttpRefusal ? failure : { status: toStatus(failure.error), headers: {} };
}

function toStatus({ code, retryable }: OattyError): number {
  if (code === 'ADDRESS_NOT_ALLOWED') return 403;
  if (code === 'RESOURCE_NOT_FOUND') return 404;
  if (code === 'LIMIT_EXCEEDED') return retryable ? 503 : 413;
  if (code === 'ARGUMENT_INVALID') return 400;
  return 500;
}

function toConnectionRefusal(code: string | undefined, limits: ConnectionLimits) {
  const { maxHeaderBytes, maxRequestMs } = limits;
  if (code === 'HPE_HEADER_OVERFLOW') {
    const message = `The headers hold at most ${maxHeaderBytes} bytes.`;
    const error = limitExceeded(message, 'maxHeaderBytes', maxHeaderBytes);
    return { status: 431, reason: 'Request Header Fields Too Large', error };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const message = `The request did not come within ${maxRequestMs} ms.`;
    const error = limitExceeded(message, 'maxRequestMs', maxRequestMs);
    return { status: 408, reason: 'Request Timeout', error };
  }
  const error = new OattyError('ARGUMENT_INVALID', 'What was sent is no HTTP request.', {
    suggestedAction: 'Connect with an MCP client, over http.',
  });
  return { status: 400, reason: 'Bad Request', error };
}

function limitExceeded(message: string, limit: string, maximum: number): OattyError {
  return new OattyError('LIMIT_EXCEEDED', message, { context: { limit, maximum } });
}
