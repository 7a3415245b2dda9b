/**
 * Starts a run in a process of its own, which lives on when this one and its terminal are gone.
 *
 *   D1. What the run needs goes over a channel between the two, not over the command line: it may be secret.
 *   D2. This process hears when the run is in the journal, or why it could not be started; then they part.
 *   D3. The other process ends with the run, or when the run waits for an answer alone: whoever answers carries it on.
 */
import { fork } from 'node:child_process';
import { OattyError } from '@oatty/types';
import type { ErrorPayload, RunStatus } from '@oatty/types';
import type { InputValues, WorkflowSelector } from '@oatty/runtime';
import type { Io } from '../io.ts';
import { detachedMark } from './detached-mark.ts';

export interface DetachedRequest {
  readonly workflow: WorkflowSelector;
  readonly inputs: InputValues;
  /** The `plan_hash` that a person agreed to. */
  readonly confirmedPlan?: string;
}

export interface DetachedRun {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
}

export type DetachedReply =
  | { readonly kind: 'started'; readonly run: DetachedRun }
  | { readonly kind: 'failed'; readonly error: ErrorPayload };

/** @throws {OattyError} why the run was not started */
export async function detachRun(io: Io, request: DetachedRequest): Promise<DetachedRun> {
  const child = fork(process.argv[1] ?? '', [detachedMark], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: io.env,
    cwd: io.cwd,
  });
  const reply = await new Promise<DetachedReply>((resolve, reject) => {
    child.once('message', (message) => resolve(message as DetachedReply)); // our own program sends it
    child.once('error', reject);
    child.once('exit', (code) => reject(endedEarly(code)));
    child.send(request);
  });
  child.removeAllListeners();
  if (child.connected) child.disconnect();
  child.unref();
  if (reply.kind === 'started') return reply.run;
  throw toError(reply.error);
}

// --- internal ---

function endedEarly(code: number | null): OattyError {
  return new OattyError('INTERNAL', 'The process of the run ended before the run had started.', {
    context: { exit_code: code },
  });
}

function toError({ error_code, message, context, suggested_action, violations }: ErrorPayload): OattyError {
  return new OattyError(error_code, message, {
    context,
    suggestedAction: suggested_action,
    ...(violations && { violations }),
  });
}
