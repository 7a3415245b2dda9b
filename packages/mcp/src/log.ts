/** One line of JSON per failure, for whoever runs the server. Never on stdout: that belongs to the protocol. */
import type { OattyError } from '@oatty/types';

/** Takes one line without its end. */
export type Log = (line: string) => void;

/**
 * Writes a failure down with the correlation id that its payload shows. The original of an unforeseen error is only
 * here; no caller sees it.
 *
 * @param operation - what was asked for: `tools/call workflow.get`
 */
export function logFailure(log: Log, operation: string, error: OattyError): void {
  const isOurs = error.traits.category === 'internal';
  log(
    JSON.stringify({
      at: new Date().toISOString(),
      level: isOurs ? 'error' : 'warn',
      operation,
      error_code: error.code,
      message: error.message,
      correlation_id: error.correlationId,
      ...(isOurs && error.cause !== undefined && { cause: describeCause(error.cause) }),
    }),
  );
}

// --- internal ---

function describeCause(cause: unknown): string {
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return String(cause);
}
