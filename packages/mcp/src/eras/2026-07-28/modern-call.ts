/** A request of this revision: everything that a client says of itself comes with each one. */
import type { ServerContext } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Call } from '../../methods/method.ts';
import { logLevels } from '../../tools/tool-client.ts';
import type { LogLevel } from '../../tools/tool-client.ts';

export interface ModernCall extends Call {
  readonly capabilities: ClientCapabilities;
  /** What the client wants to hear of while the request is answered. */
  readonly logLevel: LogLevel | undefined;
  /** Answers to what an earlier call of the same request asked for. */
  readonly inputResponses: Readonly<Record<string, unknown>>;
  /** What that call gave the client to keep. */
  readonly requestState: string | undefined;
  /** Best effort. */
  notify(method: string, params: Record<string, unknown>): void;
}

export type ClientCapabilities = z.infer<typeof clientCapabilities>;

export function toModernCall({ mcpReq }: ServerContext): ModernCall {
  const { id, signal, inputResponses = {} } = mcpReq;
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const state = mcpReq.requestState();
  const revision = z
    .string()
    .optional()
    .catch(undefined)
    .parse(envelope['io.modelcontextprotocol/protocolVersion']);
  return {
    requestId: id,
    signal,
    ...(revision !== undefined && { revision }),
    // The SDK has checked the envelope; what it knows no type of is not there for us.
    capabilities: clientCapabilities.catch({}).parse(envelope['io.modelcontextprotocol/clientCapabilities']),
    logLevel: logLevel.catch(undefined).parse(envelope['io.modelcontextprotocol/logLevel']),
    inputResponses,
    requestState: typeof state === 'string' ? state : undefined,
    notify: (method, params) => void mcpReq.notify({ method, params }).catch(() => undefined),
  };
}

// --- internal ---

const anything = z.record(z.string(), z.unknown());

const clientCapabilities = z.object({
  elicitation: z.object({ form: z.unknown().optional(), url: z.unknown().optional() }).optional(),
  sampling: anything.optional(),
  roots: anything.optional(),
  extensions: anything.optional(),
});

const logLevel = z.enum(logLevels).optional();
