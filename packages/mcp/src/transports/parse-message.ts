/** Text → messages of JSON-RPC. What is none is refused with our payload. */
import { isInitializeRequest, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import { ProtocolError, rpcCodes } from '../errors/to-mcp.ts';

/** @throws {ProtocolError} `parse error` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('What was sent is not JSON.', rpcCodes.parseError);
  }
}

/** @throws {ProtocolError} `invalid request`; `invalid params` for an `initialize`, which no method of ours answers */
export function requireMessage(value: unknown): JSONRPCMessage {
  const { data: message } = JSONRPCMessageSchema.safeParse(value);
  if (!message) throw refusal('What was sent is not a message of JSON-RPC 2.0.', rpcCodes.invalidRequest);
  if (isInitialize(message) && !isInitializeRequest(message)) {
    throw refusal(
      'initialize takes protocolVersion, capabilities and clientInfo {name, version}.',
      rpcCodes.invalidParams,
    );
  }
  return message;
}

export function isInitialize(message: JSONRPCMessage): boolean {
  return 'method' in message && message.method === 'initialize' && 'id' in message;
}

// --- internal ---

function refusal(message: string, rpcCode: number): ProtocolError {
  const error = new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: 'Send one request, notification or response of MCP 2025-11-25 at a time.',
  });
  return new ProtocolError(error, rpcCode);
}
