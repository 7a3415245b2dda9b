import type { AuditEvent } from '@oatty/types';
import type { AuditSink } from '../ports/policy.ts';

/** An audit trail that a test can read. */
export interface RecordingAudit extends AuditSink {
  readonly events: readonly AuditEvent[];
}

export function createRecordingAudit(): RecordingAudit {
  const events: AuditEvent[] = [];
  return {
    events,
    async record(event) {
      events.push(event);
    },
  };
}
