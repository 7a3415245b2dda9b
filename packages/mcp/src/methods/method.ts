/** A method of the protocol: its parameters are checked here, so that a malformed request gets our payload. */
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { toProtocolError } from '../errors/to-mcp.ts';
import type { ProtocolError } from '../errors/to-mcp.ts';

/** What a handler may know of the request besides its parameters. */
export interface Call {
  readonly requestId: string | number;
  /** Aborts when the client cancels the request or goes. */
  readonly signal: AbortSignal;
  /** Of the access token that came with the request; absent without authentication. */
  readonly scopes?: readonly string[];
  /** Of the protocol, where each request says it. */
  readonly revision?: string;
}

/**
 * `RequestCall` is what a revision tells of a request beyond its parameters.
 *
 * @throws {ProtocolError} and nothing else
 */
export type Method<RequestCall extends Call = Call> = (params: unknown, call: RequestCall) => Promise<object>;

export type Methods<RequestCall extends Call = Call> = Readonly<Record<string, Method<RequestCall>>>;

/** @param toError - which JSON-RPC error a failure becomes */
export function defineMethod<Params extends z.ZodType, RequestCall extends Call = Call>(
  schema: Params,
  answer: (params: z.infer<Params>, call: RequestCall) => Promise<object>,
  toError: (thrown: unknown) => ProtocolError = toProtocolError,
): Method<RequestCall> {
  return async (params, call) => {
    try {
      return await answer(parseParams(schema, params), call);
    } catch (thrown) {
      throw toError(thrown);
    }
  };
}

/** One page holds everything, so no cursor was ever given out. */
export const noCursor = z.object({ cursor: z.undefined().optional() });

// --- internal ---

function parseParams<Params extends z.ZodType>(schema: Params, params: unknown): z.infer<Params> {
  const parsed = schema.safeParse(params ?? {});
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    (issue) => `${['params', ...issue.path].join('.')}: ${issue.message}`,
  );
  throw new OattyError('ARGUMENT_INVALID', `The request is malformed. ${wrong.join('; ')}.`, {
    suggestedAction: 'Send the parameters that the protocol names.',
  });
}
