/** Text → messages of JSON-RPC. What is none is refused with our payload. */
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
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

/** @throws {ProtocolError} `invalid request` */
export function requireMessage(value: unknown): JSONRPCMessage {
  const parsed = JSONRPCMessageSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusal('What was sent is not a message of JSON-RPC 2.0.', rpcCodes.invalidRequest);
}

// --- internal ---

function refusal(message: string, rpcCode: number): ProtocolError {
  const error = new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: 'Send one request, notification or response of MCP 2025-11-25 at a time.',
  });
  return new ProtocolError(error, rpcCode);
}
