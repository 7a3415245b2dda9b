/**
 * Runs one HTTP command: request → answer → result, once for each page.
 *
 * Nothing is tried twice here; the engine retries.
 */
import type { CommandResult } from '@oatty/types';
import { toCredentialAdvice } from './auth/credential-advice.ts';
import type { HttpCall } from './http-call.ts';
import { followPages } from './pages/follow-pages.ts';
import type { PageRequest } from './pages/follow-pages.ts';
import { prepareRequest } from './prepare-request.ts';
import { createRedactor } from './redaction/redact.ts';
import type { Redactor } from './redaction/redact.ts';
import { readResult } from './response/read-result.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { withDeadline } from './transport/deadline.ts';
import { sendRequest } from './transport/send-request.ts';
import type { IncomingResponse } from './transport/send-request.ts';
import { toUpstreamError } from './upstream-error.ts';
import type { UpstreamError } from './upstream-error.ts';

/**
 * @throws {UpstreamError} for a status of 400 or more
 * @throws {OattyError} `ARGUMENT_INVALID`, `NETWORK_ERROR`, `RESPONSE_INVALID`, `LIMIT_EXCEEDED`,
 * `ADDRESS_NOT_ALLOWED`, `PATH_NOT_ALLOWED`, `CANCELED`
 */
export async function executeHttpCommand(call: HttpCall): Promise<CommandResult> {
  const session = openSession(call);
  if (call.paginate === undefined) return runOnce(session, { isFirst: true, arguments: call.arguments });
  return followPages(call.command, call.arguments, call.paginate, (page) => runOnce(session, page));
}

// --- internal ---

async function runOnce(session: Session, page: PageRequest): Promise<CommandResult> {
  const { call, execution, limits, addressPolicy, ownOrigins } = session;
  return withDeadline(session.timeoutMs, call.signal, async (deadline) => {
    const request = await prepareRequest(session, page, deadline);
    const response = await sendRequest(request, { addressPolicy, ownOrigins, limits, deadline });
    const redactor = createRedactor(session.credentials.secrets);
    if (response.status >= 400) throw await toFailure(session, response, redactor);
    return readResult(response, {
      command: call.command,
      execution,
      limits,
      redactor,
      saveFile: call.saveFile,
    });
  });
}

function toFailure(session: Session, response: IncomingResponse, redactor: Redactor): Promise<UpstreamError> {
  const { call, execution, credentials, now } = session;
  if (response.status === 401) credentials.forgetTokens();
  const isRefused = response.status === 401 || response.status === 403;
  return toUpstreamError(response, {
    method: execution.method,
    redactor,
    now: now(),
    commandId: call.command.id,
    suggestedAction: isRefused ? toCredentialAdvice(execution, call.securitySchemes, call.entry) : undefined,
  });
}
