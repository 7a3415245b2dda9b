/** The body of an HTTP request → messages of JSON-RPC: one, or the batch that revision 2025-03-26 allows. */
import type { IncomingMessage } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import { parseJson, requireMessage } from './parse-message.ts';

/**
 * @throws {OattyError} `LIMIT_EXCEEDED`
 * @throws {ProtocolError} for what is no message
 */
export async function readMessages(request: IncomingMessage, maxBytes: number): Promise<JSONRPCMessage[]> {
  const value = parseJson(await readText(request, maxBytes));
  return Array.isArray(value) && value.length > 0 ? value.map(requireMessage) : [requireMessage(value)];
}

// --- internal ---

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  refuseAbove(maxBytes, Number(request.headers['content-length'] ?? 0));
  const chunks: Buffer[] = [];
  let size = 0;
  // Who is refused still gets to read why: the connection is not destroyed.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const part = chunk as Buffer; // no encoding is set
    size += part.length;
    refuseAbove(maxBytes, size);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString();
}

function refuseAbove(maxBytes: number, size: number): void {
  if (size <= maxBytes) return;
  throw new OattyError('LIMIT_EXCEEDED', `A body holds at most ${maxBytes} bytes.`, {
    suggestedAction: 'Send a smaller request: save large manifests as files.',
    context: { limit: 'maxBodyBytes', maximum: maxBytes },
  });
}
