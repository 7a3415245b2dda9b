/**
 * Runs that do what a test says, and nothing by themselves: events, questions and ends come by hand.
 */
import type { Oatty, RunHandle, RunInspection, Runs, RunStartOptions } from '@oatty/runtime';
import { isTerminal, OattyError } from '@oatty/types';
import type { ErrorPayload, Question, RunDocument, RunEvent, RunEventBody, RunStatus } from '@oatty/types';

interface ScriptedRun {
  document: RunDocument;
  readonly options: RunStartOptions;
  readonly events: RunEvent[];
  questions: Question[];
  wake: PromiseWithResolvers<void>;
}

/** What tasks use of runs. */
type TaskRuns = Omit<Runs, 'planResume' | 'resume' | 'replay' | 'prune' | 'work' | 'queueOf' | 'queues'>;

export class ScriptedRuns implements TaskRuns {
  readonly #runs = new Map<string, ScriptedRun>();
  readonly started: RunStartOptions[] = [];
  readonly answers: unknown[] = [];
  /** Inputs of the workflow that are secret, and missing. */
  readonly secretInputs = new Set<string>();
  /** Thrown by the next `start`, or by the next `respond`. */
  nextStartError: OattyError | undefined;
  nextAnswerError: OattyError | undefined;

  takeOver(): void {}

  /** The service around these runs, without catalogs; nothing else of it is used by tasks. */
  toOatty(): Oatty {
    const previewInputs = async () => ({
      required_missing: [...this.secretInputs],
      inputs: [...this.secretInputs].map((input) => ({ input, secret: true })),
    });
    const workflows = { previewInputs, stepPlan: planNothing };
    const catalogs = { list: async () => ({ items: [], problems: [] }) };
    return { runs: this, workflows, catalogs, watch: watchNothing } as unknown as Oatty;
  }

  emit(runId: string, body: RunEventBody): void {
    const run = this.#require(runId);
    const seq = run.events.length + 1;
    run.events.push({ run_id: runId, seq, at: new Date(Date.now() + seq).toISOString(), ...body });
    run.wake.resolve();
    run.wake = Promise.withResolvers();
  }

  ask(runId: string, question: Question): void {
    const run = this.#require(runId);
    run.questions = [question];
    run.document = { ...run.document, status: 'waiting' };
    this.emit(runId, { type: 'run_waiting', question, message: question.message });
  }

  finish(runId: string, end: Partial<RunDocument> & { status: 'succeeded' | 'failed' | 'canceled' }): void {
    const run = this.#require(runId);
    run.questions = [];
    run.document = { ...run.document, ...end };
    this.emit(runId, { type: 'run_finished', status: end.status, ...(end.error && { error: end.error }) });
  }

  /** As if the run had been created that much earlier. */
  age(runId: string, ms: number): void {
    const run = this.#require(runId);
    const created_at = new Date(Date.parse(run.document.created_at) - ms).toISOString();
    run.document = { ...run.document, created_at };
  }

  async start(options: RunStartOptions): Promise<RunHandle> {
    this.started.push(options);
    const error = this.nextStartError;
    this.nextStartError = undefined;
    if (error) throw error;
    const run_id = `run-${this.#runs.size + 1}`;
    const steps = ['a', 'b'].map((id) => ({ id, status: 'pending' as const, attempts: 0 }));
    const base = { run_id, workflow_id: 'pay', inputs: { ...options.inputs }, steps, final_output: null };
    const document: RunDocument = { ...base, status: 'running', created_at: new Date().toISOString() };
    this.#runs.set(run_id, { document, options, events: [], questions: [], wake: Promise.withResolvers() });
    return {
      run_id,
      workflow_id: 'pay',
      status: 'running',
      events: () => this.events(run_id),
      wait: () => this.wait(run_id),
      cancel: async () => void (await this.cancel(run_id)),
    };
  }

  async get(runId: string): Promise<RunDocument> {
    return this.#require(runId).document;
  }

  async inspect(runId: string, principal?: string): Promise<RunInspection> {
    const { document, options, events, questions } = this.#require(runId);
    const caller = options.caller ?? { principal: 'local', via: 'mcp' };
    if (principal !== undefined && caller.principal !== principal) throw notFound(runId);
    return {
      run: document,
      caller,
      open_questions: questions,
      updated_at: events.at(-1)?.at ?? document.created_at,
      ...(options.ttlMs !== undefined && { ttl_ms: options.ttlMs }),
      ...(options.operation && { operation: options.operation }),
    };
  }

  async list({ cursor = '0', limit = 20, withTtl = false }: Parameters<Runs['list']>[0] = {}) {
    if (!/^\d+$/.test(cursor)) throw new OattyError('ARGUMENT_INVALID', 'That is no cursor.');
    const all = [...this.#runs.values()]
      .filter(({ options }) => !withTtl || options.ttlMs !== undefined)
      .reverse();
    const end = Number(cursor) + limit;
    const items = all.slice(Number(cursor), end).map(({ document }) => document);
    return { items, ...(end < all.length && { next_cursor: String(end) }) };
  }

  async *events(runId: string, afterSeq = 0, signal?: AbortSignal): AsyncIterable<RunEvent> {
    const run = this.#require(runId);
    const left = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => left.resolve(), { once: true });
    for (let seq = afterSeq; ;) {
      const { promise } = run.wake;
      for (const event of run.events.slice(seq)) {
        seq = event.seq;
        yield event;
        if (event.type === 'run_finished') return;
      }
      if (run.events.length === seq) await Promise.race([promise, left.promise]);
      if (signal?.aborted) return;
    }
  }

  async rest(runId: string): Promise<RunDocument> {
    return this.#require(runId).document;
  }

  async cancel(runId: string): Promise<{ run_id: string; status: RunStatus }> {
    const { document } = this.#require(runId);
    if (isTerminal(document.status)) throw new OattyError('RUN_STATE_CONFLICT', 'It has ended.');
    this.finish(runId, { status: 'canceled' });
    return { run_id: runId, status: 'canceled' };
  }

  async respond(runId: string, answer: unknown): Promise<void> {
    const run = this.#require(runId);
    const error = this.nextAnswerError;
    this.nextAnswerError = undefined;
    if (error) throw error;
    if (run.questions.length === 0) throw new OattyError('RUN_STATE_CONFLICT', 'Nothing is asked.');
    this.answers.push(answer);
    run.questions = [];
    run.document = { ...run.document, status: 'running' };
    this.emit(runId, { type: 'run_started', workflow_id: 'pay' });
  }

  async wait(runId: string, signal?: AbortSignal): Promise<RunDocument> {
    for await (const _ of this.events(runId, 0, signal)) void _;
    if (signal?.aborted) throw new OattyError('CANCELED', 'Nobody waits.');
    return this.#require(runId).document;
  }

  #require(runId: string): ScriptedRun {
    const run = this.#runs.get(runId);
    if (!run) throw notFound(runId);
    return run;
  }
}

const planNothing = async () => ({ workflow_id: 'pay', effect: 'standard' });

function notFound(runId: string): OattyError {
  return new OattyError('RUN_NOT_FOUND', `There is no run "${runId}".`, { context: { run_id: runId } });
}

export function aStepFailure(): ErrorPayload {
  return new OattyError('STEP_FAILED', 'Step "a" failed.', {
    stepId: 'a',
    command: 'shop orders:list',
    responsePayload: { why: 'card' },
  }).toPayload();
}

// --- internal ---

const watchNothing = () => ({ close: () => undefined });
