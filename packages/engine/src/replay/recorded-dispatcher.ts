/**
 * Answers every call from the recording. Nothing is called.
 *
 *   D1. Each request is compared with the recorded one, once for a step or item.
 *   D2. A call takes as long as it took.
 *   D3. A call that is not recorded ends its step; what the recorded run did not reach is no drift.
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, StepResponse, StepResult } from '@oatty/types';
import type { Dispatcher } from '../dispatch/dispatch-command.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallingStep } from '../ports/command-executor.ts';
import { toRecordedRequest } from '../run/recorded-request.ts';
import { placeOf } from '../run/run-state.ts';
import { fromPayload } from '../run/step-result.ts';
import { diffRequests } from './drift.ts';
import type { Drift } from './drift.ts';
import type { Recording } from './recording.ts';

export function createRecordedDispatcher(
  recording: Recording,
  clock: Clock,
  report: (drift: Drift) => void,
): Dispatcher {
  const compared = new Set<string>();
  return {
    async dispatch(commandId, given, { step, secrets = new Set(), signal }) {
      if (step === undefined) throw unrecorded(commandId);
      const place = placeOf({ step_id: step.stepId, ...(step.item !== undefined && { item: step.item }) });
      const recorded = recording.request(place);
      if (recorded !== undefined && !compared.has(place)) {
        compared.add(place);
        for (const difference of diffRequests(recorded, toRecordedRequest(given, secrets))) {
          report({
            kind: 'request',
            ...whereOf(step),
            ...difference,
            message: `${place} sends another request`,
          });
        }
      }
      const attempt = recording.attempt(place, step.poll, step.attempt);
      if (attempt !== undefined) await clock.sleep(attempt.duration_ms, signal);
      return answer(recording, place, attempt, () => {
        const message = `${place} makes a call that is not recorded`;
        if (!isCutOff(recording)) report({ kind: 'unrecorded', ...whereOf(step), message });
        return unrecorded(commandId);
      });
    },
  };
}

// --- internal ---

function answer(
  recording: Recording,
  place: string,
  attempt: ReturnType<Recording['attempt']>,
  missing: () => OattyError,
): CommandResult {
  const result = recording.result(place);
  if (attempt === undefined) {
    if (result?.status === 'succeeded')
      return { status: 200, headers: {}, ...responseOf(result), body: result.output };
    if (result?.status === 'failed' && result.error) throw fromPayload(result.error);
    throw missing();
  }
  if (attempt.outcome === 'canceled') throw missing();
  if (attempt.error !== undefined) throw fromPayload(attempt.error);
  if (attempt.output === undefined && result === undefined) throw missing();
  const body = attempt.output ?? result?.output ?? null;
  const response = attempt.response ?? responseOf(result);
  return { headers: {}, ...response, status: attempt.status ?? response?.status ?? 200, body };
}

/** One call has one; a list is of the items of a step. */
function responseOf(result: StepResult | undefined): StepResponse | undefined {
  const response = result?.response;
  return response === undefined || 'length' in response ? undefined : response;
}

/** The recorded run was stopped, or has not ended: what comes after that is not known. */
function isCutOff({ run: { record } }: Recording): boolean {
  if (record.status === 'failed') return record.error?.error_code === 'RUN_TIMEOUT';
  return record.status !== 'succeeded';
}

function whereOf({ stepId, item }: CallingStep): Pick<Drift, 'step_id' | 'item'> {
  return { step_id: stepId, ...(item !== undefined && { item }) };
}

function unrecorded(commandId: string): OattyError {
  return new OattyError('STEP_FAILED', `The recording has no answer of "${commandId}".`);
}
