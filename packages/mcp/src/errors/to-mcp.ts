/**
 * The one place where errors meet the wire.
 *
 *   E1. What the model can act on is a tool result with `isError`; what breaks the protocol is a JSON-RPC error.
 *   E2. Both carry the same payload. Nobody sees a stack, or the text of an unforeseen error.
 *   E3. Of a JSON-RPC error most hosts show the model the message alone, so it ends with what to do.
 */
import { OattyError } from '@oatty/types';
import type { ErrorPayload } from '@oatty/types';

/** The result of a tool that has a document to give. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly structuredContent: object;
  readonly isError?: true;
}

/** A JSON-RPC error. The SDK sends `code`, `message` and `data` of whatever is thrown, without a prefix. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: ErrorPayload;
  /** For the log. */
  readonly error: OattyError;

  /** @param rpcCode - replaces the number that belongs to the code of the error */
  constructor(error: OattyError, rpcCode?: number) {
    const { code, message, data } = error.toErrorData();
    super(`${message} ${error.suggestedAction}`); // E3
    this.error = error;
    this.code = rpcCode ?? code;
    this.data = data;
  }
}

/** JSON-RPC's own numbers, where the protocol asks for one whatever went wrong. */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
} as const;

/** @param text - for whoever is shown no structure; default: the same as JSON */
export function toToolResult(document: object, text: string = JSON.stringify(document)): ToolResult {
  return { content: [{ type: 'text', text }], structuredContent: document };
}

export function toToolFailure(error: OattyError): ToolResult {
  return { ...toToolResult(error.toErrorData()), isError: true };
}

/** The door from unknown: what a `catch` in a request handler gives. */
export function toProtocolError(thrown: unknown): ProtocolError {
  return thrown instanceof ProtocolError ? thrown : new ProtocolError(OattyError.from(thrown));
}

/** What is the caller's to correct is `invalid params`; what is on our side stays what it is. */
export function toInvalidParams(thrown: unknown): ProtocolError {
  if (thrown instanceof ProtocolError) return thrown;
  const error = OattyError.from(thrown);
  return new ProtocolError(error, error.traits.category === 'internal' ? undefined : rpcCodes.invalidParams);
}

/** The error that a payload was made from, as far as callers may see it. */
export function fromPayload(payload: ErrorPayload): OattyError {
  const { violations, step_id, command, response_payload } = payload;
  return new OattyError(payload.error_code, payload.message, {
    suggestedAction: payload.suggested_action,
    context: payload.context,
    retryable: payload.retryable,
    correlationId: payload.correlation_id,
    ...(violations && { violations }),
    ...(step_id !== undefined && { stepId: step_id }),
    ...(command !== undefined && { command }),
    ...(response_payload !== undefined && { responsePayload: response_payload }),
  });
}
