/** An audit event is an append-only fact: who, what, when, decision, outcome. */
import type { Effect } from './command.ts';
import type { ErrorCode } from './error.ts';
import type { Caller, PolicyDecision } from './policy.ts';
import type { Instant } from './run.ts';

export interface AuditEvent {
  readonly at: Instant;
  readonly caller: Caller;
  readonly command_id: string;
  readonly effect: Effect;
  readonly decision: PolicyDecision['kind'];
  readonly outcome: 'succeeded' | 'failed' | 'refused' | 'canceled';
  readonly status?: number;
  readonly error_code?: ErrorCode;
  readonly duration_ms: number;
  readonly run_id?: string;
  readonly step_id?: string;
}
