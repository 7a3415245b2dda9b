/**
 * Follows one run for one client, until the run ends or the client goes.
 *
 *   F1. A status notification goes out at each transition, and at least every `heartbeatMs` while working.
 *   F2. Progress uses the client's token and always rises.
 *   F3. What happened before a client came is not told again; an open question is asked again.
 *   F4. The first question waits until the client has asked about the task, or for a moment: over HTTP it takes another
 *       way than the answer that brings the task, and a client refuses what it cannot place.
 */
import type { Oatty, RunInspection } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { RunEvent } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import type { QuestionDesk } from './question-desk.ts';
import { advanceView, startView, toProgress, toStepOutput } from './run-view.ts';
import type { RunView, StepOutput } from './run-view.ts';
import type { ProgressToken, TaskClient } from './task-client.ts';

export interface FollowOptions {
  readonly oatty: Oatty;
  readonly desk: QuestionDesk;
  readonly client: TaskClient;
  readonly log: Log;
  readonly heartbeatMs: number;
  readonly inspection: RunInspection;
  readonly progressToken?: ProgressToken | undefined;
  /** Instant up to which events are known to the client. */
  readonly knownUntil?: string;
  /** The client has just been told of the task: see F4. */
  readonly isNew?: boolean;
  /** Hears whenever the client was asked what it can be asked. */
  readonly onAsked: () => void;
}

export class RunFollower {
  readonly #options: FollowOptions;
  readonly #runId: string;
  readonly #left = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;
  #view: RunView;
  #toldSteps = 0;
  #isQuiet: boolean;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#runId = options.inspection.run.run_id;
    this.#view = startView(options.inspection.run);
    this.#isQuiet = options.isNew === true;
    if (this.#isQuiet) setTimeout(() => this.hear(), quietMs).unref();
    this.#heartbeat = setInterval(() => this.#beat(), options.heartbeatMs);
    this.#heartbeat.unref();
  }

  /** Resolves when the run has ended or `stop` was called. Never rejects. */
  async follow(): Promise<void> {
    void this.offerQuestions();
    try {
      const events = this.#options.oatty.runs.events(this.#runId, 0, this.#left.signal);
      for await (const event of events) this.#tell(event);
    } catch (thrown) {
      logFailure(this.#options.log, `follow run ${this.#runId}`, OattyError.from(thrown));
    } finally {
      clearInterval(this.#heartbeat);
    }
  }

  stop(): void {
    this.#left.abort();
  }

  /** The client has asked about the task. */
  hear(): void {
    this.#isQuiet = false;
    void this.offerQuestions();
  }

  /** Asks what is open, and takes back what is not open any more. Never rejects. */
  async offerQuestions(): Promise<void> {
    const { desk, client, onAsked } = this.#options;
    if (this.#isQuiet || this.#left.signal.aborted) return;
    await desk.review(this.#runId);
    await desk.offer(this.#runId, client);
    onAsked();
  }

  #tell(event: RunEvent): void {
    this.#view = advanceView(this.#view, event);
    if (this.#isKnown(event)) return;
    this.#tellSteps();
    if (!isTransition(event)) return;
    this.#tellTask(toStepOutput(event));
    void this.offerQuestions();
  }

  /** The end is always news: who follows has seen a run that goes on, maybe in the same millisecond. */
  #isKnown({ type, at }: RunEvent): boolean {
    return type !== 'run_finished' && at <= (this.#options.knownUntil ?? '');
  }

  #tellTask(output?: StepOutput): void {
    const { client, inspection } = this.#options;
    const { run, ttl_ms: ttlMs = null } = inspection;
    const { status, summary: message, at: updatedAt } = this.#view;
    this.#heartbeat.refresh();
    client.tellTask(
      { taskId: this.#runId, status, message, createdAt: run.created_at, updatedAt, ttlMs },
      toProgress(this.#view),
      output,
    );
  }

  #tellSteps(): void {
    const { client, progressToken } = this.#options;
    const { done, total, summary: message } = this.#view;
    if (progressToken === undefined || done <= this.#toldSteps) return;
    this.#toldSteps = done;
    client.tellProgress(progressToken, this.#runId, { done, total, message });
  }

  #beat(): void {
    if (this.#view.status === 'working') this.#tellTask();
  }
}

// --- internal ---

/** F4 */
const quietMs = 250;

/** Polls and attempts are many; the heartbeat tells of them. */
function isTransition(event: RunEvent): boolean {
  return event.type !== 'step_progress' && event.type !== 'step_attempt';
}
