/** The answer to an HTTP request that reaches no session: the payload of every other error, as JSON-RPC. */
import type { ServerResponse } from 'node:http';
import type { OattyError } from '@oatty/types';
import { ProtocolError } from '../errors/to-mcp.ts';

export function refuseRequest(response: ServerResponse, error: OattyError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { code, message, data } = new ProtocolError(error);
  // What was sent is not read to its end.
  response.writeHead(toStatus(error), { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message, data }, id: null }));
}

// --- internal ---

function toStatus({ code, retryable }: OattyError): number {
  if (code === 'ADDRESS_NOT_ALLOWED') return 403;
  if (code === 'RESOURCE_NOT_FOUND') return 404;
  if (code === 'LIMIT_EXCEEDED') return retryable ? 503 : 413;
  return 500;
}
