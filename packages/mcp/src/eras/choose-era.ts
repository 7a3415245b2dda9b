/**
 * Which revision a client speaks, read from what it sends. Pure.
 *
 *   C1. A request of 2026-07-28 and later names its revision in `_meta`; nothing of 2025-11-25 and before does.
 *   C2. Over HTTP the header names it too. Where the two disagree, the newer revision answers: it has an error for it.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

export type Era = '2025-11-25' | '2026-07-28';

export function eraOf(message: JSONRPCMessage): Era {
  return namesRevision(message) ? '2026-07-28' : '2025-11-25';
}

/** @param revision - what the header `MCP-Protocol-Version` says */
export function eraOfHttp(messages: readonly JSONRPCMessage[], revision: string | undefined): Era {
  if (messages.some(namesRevision)) return '2026-07-28';
  // Revisions are dates. A message without one of its own goes by the header; no message is a stream of 2025-11-25.
  return messages.length > 0 && (revision ?? '').trim() >= '2026-07-28' ? '2026-07-28' : '2025-11-25';
}

// --- internal ---

const revisionKey = 'io.modelcontextprotocol/protocolVersion';

function namesRevision(message: JSONRPCMessage): boolean {
  if (!('method' in message)) return false;
  const { _meta: meta = {} } = message.params ?? {};
  return revisionKey in meta;
}
