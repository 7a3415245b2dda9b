/** What goes wrong, for whoever runs the server. Never on stdout: that belongs to the protocol. */
import type { OattyError } from '@oatty/types';

export interface LogEntry {
  readonly level: 'error' | 'warn';
  /** What was asked for: `tools/call workflow.get`. */
  readonly operation: string;
  readonly message: string;
  readonly error_code?: string;
  /** The same in the payload that the caller got. */
  readonly correlation_id?: string;
  /** The original of an unforeseen error. */
  readonly cause?: string;
}

export type Log = (entry: LogEntry) => void;

/**
 * Writes a failure down with the correlation id that its payload shows. The original of an unforeseen error is only
 * here; no caller sees it.
 */
export function logFailure(log: Log, operation: string, error: OattyError): void {
  const isOurs = error.traits.category === 'internal';
  log({
    level: isOurs ? 'error' : 'warn',
    operation,
    error_code: error.code,
    message: error.message,
    correlation_id: error.correlationId,
    ...(isOurs && error.cause !== undefined && { cause: describeCause(error.cause) }),
  });
}

// --- internal ---

function describeCause(cause: unknown): string {
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return String(cause);
}
