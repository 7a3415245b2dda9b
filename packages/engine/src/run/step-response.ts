/**
 * What is kept of an HTTP answer besides its body, for the expressions that read it (`responses.<id>`). Pure.
 *
 *   R1. A step keeps it only where an expression of the workflow reads it, so others cost nothing.
 *   R2. Credentials are never kept: cookies, and the headers of authentication.
 *   R3. It is bounded. A header that would go beyond is left out.
 *   R4. Of a failed call it is what its error tells: the status, and some headers.
 */
import { isRecord } from '@oatty/types';
import type { CommandResult, OattyError, StepResponse, Workflow } from '@oatty/types';
import { templateReferences } from '../input/order-inputs.ts';
import { referredStep, textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts, listStrings } from '../plan/step-texts.ts';

export const responseLimits = { maxHeaders: 100, maxHeaderChars: 16_384 } as const;

/** Steps whose response some expression reads. */
export function listReadResponses({ steps, final_output }: Workflow): ReadonlySet<string> {
  const references = [
    ...steps.flatMap(listStepTexts).flatMap(textReferences),
    ...listStrings(final_output).flatMap(({ text }) => templateReferences(text)),
  ];
  return new Set(
    references.filter(({ root }) => root === 'responses').flatMap((found) => referredStep(found) ?? []),
  );
}

export function toStepResponse({ status, headers }: Omit<CommandResult, 'body'>): StepResponse {
  const kept: [string, string][] = [];
  let chars = 0;
  for (const [name, value] of Object.entries(headers)) {
    const size = name.length + value.length;
    if (isCredential(name) || chars + size > responseLimits.maxHeaderChars) continue;
    if (kept.length === responseLimits.maxHeaders) break;
    kept.push([name, value]);
    chars += size;
  }
  return { status, headers: Object.fromEntries(kept) };
}

/** Nothing when no answer came. */
export function toErrorResponse({ options }: OattyError): StepResponse | undefined {
  const { responsePayload: answer } = options;
  if (!isRecord(answer) || typeof answer['status'] !== 'number') return undefined;
  const headers = isRecord(answer['headers']) ? Object.entries(answer['headers']) : [];
  const texts = headers.flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return toStepResponse({ status: answer['status'], headers: Object.fromEntries(texts) });
}

/** R2 @param header - in lower case */
export function isCredential(header: string): boolean {
  return credentials.has(header);
}

// --- internal ---

const credentials: ReadonlySet<string> = new Set([
  'set-cookie',
  'set-cookie2',
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
]);
