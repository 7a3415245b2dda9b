/**
 * Text → messages of JSON-RPC. What is none is refused with our payload.
 *
 * No SDK is loaded for it: which one is needed is what the first message tells.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { OattyError, isRecord } from '@oatty/types';
import { eraOf } from '../eras/choose-era.ts';
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
  if (!isMessage(value)) {
    throw refusal('What was sent is not a message of JSON-RPC 2.0.', rpcCodes.invalidRequest);
  }
  if (isInitialize(value) && eraOf(value) === '2025-11-25' && !introducesClient(value)) {
    throw refusal(
      'initialize takes protocolVersion, capabilities and clientInfo {name, version}.',
      rpcCodes.invalidParams,
    );
  }
  return value;
}

export function isInitialize(message: JSONRPCMessage): boolean {
  return 'method' in message && message.method === 'initialize' && 'id' in message;
}

// --- internal ---

/** Exactly what the SDKs take: they say nothing to the rest, so that whoever sent it would wait for ever. */
function isMessage(value: unknown): value is JSONRPCMessage {
  if (!isRecord(value) || value['jsonrpc'] !== '2.0') return false;
  if ('method' in value) return hasOnly(value, requestKeys) && isCall(value);
  if ('result' in value)
    return hasOnly(value, resultKeys) && isId(value['id']) && hasPlainMeta(value['result']);
  return hasOnly(value, errorKeys) && isError(value);
}

const requestKeys: readonly string[] = ['jsonrpc', 'id', 'method', 'params'];
const resultKeys: readonly string[] = ['jsonrpc', 'id', 'result'];
const errorKeys: readonly string[] = ['jsonrpc', 'id', 'error'];

/** A request, or without an id a notification. */
function isCall({ id, method, params }: Fields): boolean {
  return (
    typeof method === 'string' &&
    (id === undefined || isId(id)) &&
    (params === undefined || hasPlainMeta(params))
  );
}

function isError({ id, error }: Fields): boolean {
  return (
    (id === undefined || isId(id)) &&
    isRecord(error) &&
    Number.isInteger(error['code']) &&
    typeof error['message'] === 'string'
  );
}

/** What the protocol itself says in `_meta` has its types. */
function hasPlainMeta(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { _meta: meta } = value;
  if (meta === undefined) return true;
  if (!isRecord(meta)) return false;
  const { progressToken, [relatedTaskKey]: task } = meta;
  return (
    (progressToken === undefined || isId(progressToken)) &&
    (task === undefined || (isRecord(task) && typeof task['taskId'] === 'string'))
  );
}

const relatedTaskKey = 'io.modelcontextprotocol/related-task';

function introducesClient({ params }: Fields): boolean {
  if (!isRecord(params)) return false;
  const { protocolVersion, capabilities, clientInfo } = params;
  return (
    typeof protocolVersion === 'string' &&
    isRecord(capabilities) &&
    isRecord(clientInfo) &&
    typeof clientInfo['name'] === 'string' &&
    typeof clientInfo['version'] === 'string'
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isId(value: unknown): boolean {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

function hasOnly(value: object, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function refusal(message: string, rpcCode: number): ProtocolError {
  const error = new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: 'Send one request, notification or response of MCP at a time.',
  });
  return new ProtocolError(error, rpcCode);
}
