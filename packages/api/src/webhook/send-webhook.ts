/**
 * Sends one signed event to a webhook.
 *
 *   W1. The address was set by a person, so it may be a private one; a link-local one is never called.
 *   W2. A redirect is not followed: who may receive is who was set.
 *   W3. Each attempt has a timestamp of its own, and the same id: a receiver knows an event that it has by its id.
 */
import { OattyError } from '@oatty/types';
import { withDefaultLimits } from '../http-call.ts';
import type { HttpLimits } from '../http-call.ts';
import { createRedactor } from '../redaction/redact.ts';
import { createAddressPolicy } from '../transport/address-policy.ts';
import { withDeadline } from '../transport/deadline.ts';
import { sendRequest } from '../transport/send-request.ts';
import { toUpstreamError } from '../upstream-error.ts';
import { signWebhook } from './sign-webhook.ts';

interface WebhookCall {
  readonly url: string;
  readonly secret: string;
  readonly id: string;
  /** JSON. */
  readonly body: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<HttpLimits>;
  /** Default 15 s, which is what receivers are given by custom. */
  readonly timeoutMs?: number;
}

/**
 * @returns the status of the answer; what it says is not read
 * @throws {UpstreamError} for a status of 400 or more
 * @throws {OattyError} `NETWORK_ERROR`, `ADDRESS_NOT_ALLOWED`, `RESPONSE_INVALID`, `ARGUMENT_INVALID`, `CANCELED`
 */
export async function sendWebhook(call: WebhookCall): Promise<number> {
  const { secret, id, body, now, signal, timeoutMs = 15_000 } = call;
  const url = new URL(call.url);
  const limits = withDefaultLimits(call.limits);
  const addressPolicy = createAddressPolicy({ base_url: call.url });
  const signature = await signWebhook({ id, timestamp: Math.floor(now() / 1_000), body }, secret);
  return withDeadline(timeoutMs, signal, async (deadline) => {
    const response = await sendRequest(
      {
        method: 'POST',
        url,
        headers: { ...call.headers, 'content-type': 'application/json', ...signature },
        body: Buffer.from(body),
      },
      { addressPolicy, ownOrigins: new Set([url.origin]), limits, deadline },
      { refuseRedirect },
    );
    if (response.status >= 400) {
      const redactor = createRedactor([secret]);
      throw await toUpstreamError(response, { method: 'POST', redactor, now: now() });
    }
    response.stream.destroy();
    return response.status;
  });
}

// --- internal ---

function refuseRedirect({ host }: URL): OattyError {
  return new OattyError('RESPONSE_INVALID', `The webhook at ${host} redirects, which is not followed.`, {
    suggestedAction: 'Set the address that it redirects to, if you trust it.',
    context: { host },
  });
}
