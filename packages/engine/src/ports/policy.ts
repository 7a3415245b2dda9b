import type { AuditEvent, PolicyDecision, PolicyQuestion } from '@oatty/types';

/** Answers allow, ask or deny for one call. */
export interface PolicyDecider {
  decide(question: PolicyQuestion): Promise<PolicyDecision>;
}

/** Takes audit events; losing one must not fail the call. */
export interface AuditSink {
  record(event: AuditEvent): Promise<void>;
}
