/** The answer to an HTTP request that reaches no session: the payload of every other error, as JSON-RPC. */
import type { ServerResponse } from 'node:http';
import type { OattyError } from '@oatty/types';
import type { ProtocolError } from '../errors/to-mcp.ts';

export function refuseRequest(response: ServerResponse, { code, message, data, error }: ProtocolError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(toStatus(error), { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message, data }, id: null }));
}

// --- internal ---

function toStatus({ code, retryable }: OattyError): number {
  if (code === 'ADDRESS_NOT_ALLOWED') return 403;
  if (code === 'RESOURCE_NOT_FOUND') return 404;
  if (code === 'LIMIT_EXCEEDED') return retryable ? 503 : 413;
  if (code === 'ARGUMENT_INVALID') return 400;
  return 500;
}
