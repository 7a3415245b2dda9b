import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';

/** @param failure - its kind, as `error.type` has it */
export function endSpan(span: Span, failure: string | undefined, at?: Date): void {
  if (failure !== undefined) {
    span.setAttribute('error.type', failure);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(at);
}
