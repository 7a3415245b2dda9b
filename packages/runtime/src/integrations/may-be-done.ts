/**
 * Whether a call that failed may have been carried out all the same. Pure.
 *
 *   D1. Whatever is refused before anything leaves was not.
 *   D2. A connection that was never there has carried nothing.
 *   D3. An API that answers with a status below 500 says that it did not; so does 503 ("not now"). Another status of
 *       500 or more is no such word.
 *   D4. Anything else may have been.
 */
import type { ErrorCode, OattyError } from '@oatty/types';

export function mayBeDone({ code, options }: OattyError): boolean {
  const { status, kind } = options.context ?? {};
  if (code === 'HTTP_ERROR') return typeof status !== 'number' || (status >= 500 && status !== 503);
  if (code === 'NETWORK_ERROR') return typeof kind !== 'string' || !neverConnected.has(kind);
  return !refusals.has(code);
}

// --- internal ---

/** D2 */
const neverConnected: ReadonlySet<string> = new Set(['refused', 'dns', 'unreachable', 'certificate', 'tls']);

/** D1 */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ADDRESS_NOT_ALLOWED',
  'ARGUMENT_INVALID',
  'AUTHENTICATION_REQUIRED',
  'COMMAND_NOT_FOUND',
  'CONFIRMATION_REQUIRED',
  'PATH_NOT_ALLOWED',
  'POLICY_DENIED',
  'SCOPE_INSUFFICIENT',
]);
