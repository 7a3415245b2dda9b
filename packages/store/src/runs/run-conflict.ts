import { OattyError } from '@oatty/types';

export function conflict(runId: string, what: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" ${what}.`, { context: { run_id: runId } });
}
