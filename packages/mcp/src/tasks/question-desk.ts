/**
 * Brings the questions of runs to people, and to models. One desk serves all clients of the process.
 *
 *   Q1. The journal has the questions and the answers; the desk only knows who is being asked now.
 *   Q2. One client at a time is asked about a run: the first that can be reached. When it goes away without an answer,
 *       or cannot be reached any more, another one that follows the run is asked.
 *   Q3. No is an answer: it cancels the run.
 *   Q4. An answer that does not fit is said back with the reason; three of them are a no.
 *   Q5. A secret is not asked for: the protocol forbids forms for them.
 *   Q6. What a model is to write is asked of a client that lets its model be asked. That the model could not is an
 *       answer too: the run counts the tries.
 */
import type { Oatty } from '@oatty/runtime';
import { isTerminal, OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import { answerQuestion } from './answer-question.ts';
import { asksForSecret, toForm } from './question-form.ts';
import { toFailure, toSamplingRequest, toWrittenAnswer } from './sampling-request.ts';
import type { FormAnswer, TaskClient } from './task-client.ts';

const maxTries = 3;

/** One client is being asked about one run. */
interface Asking {
  readonly client: TaskClient;
  /** Would ask too, if `client` went away. */
  readonly others: Set<TaskClient>;
  /** The form that is open. */
  form: { readonly questionId: string; readonly controller: AbortController } | undefined;
  /** Something happened since the questions were read. */
  isStale: boolean;
}

export class QuestionDesk {
  readonly #oatty: Oatty;
  readonly #log: Log;
  /** By run. */
  readonly #asking = new Map<string, Asking>();

  constructor(oatty: Oatty, log: Log) {
    this.#oatty = oatty;
    this.#log = log;
  }

  /**
   * Asks what is open, unless somebody who can answer is being asked already. Resolves when this client is not asked any
   * more. Never rejects.
   */
  async offer(runId: string, client: TaskClient): Promise<void> {
    const asking = this.#asking.get(runId);
    if (asking?.client === client) {
      asking.isStale = true;
      if (!client.canAsk(runId)) this.#offerOthers(runId, asking);
    } else if (asking?.client.canAsk(runId)) {
      asking.others.add(client);
    } else if (client.canAsk(runId)) {
      asking?.form?.controller.abort();
      await this.#ask(runId, { client, others: new Set(asking?.others), form: undefined, isStale: false });
    }
  }

  isAsking(runId: string): boolean {
    return this.#asking.has(runId);
  }

  /** Takes back the form of a question that is not open any more. Never rejects. */
  async review(runId: string): Promise<void> {
    const form = this.#asking.get(runId)?.form;
    if (!form) return;
    const open = await this.#readOpen(runId);
    if (!open.some((question) => question.question_id === form.questionId)) form.controller.abort();
  }

  async #ask(runId: string, asking: Asking): Promise<void> {
    this.#asking.set(runId, asking);
    const isLost = await this.#askOpen(runId, asking);
    if (this.#asking.get(runId) !== asking) return; // another client is asked instead
    this.#asking.delete(runId);
    if (isLost) this.#offerOthers(runId, asking);
    if (asking.isStale) await this.offer(runId, asking.client);
  }

  #offerOthers(runId: string, { others }: Asking): void {
    for (const other of others) void this.offer(runId, other);
  }

  /** Asks one question after the other; tells whether the client went away. */
  async #askOpen(runId: string, asking: Asking): Promise<boolean> {
    const asked = new Set<string>();
    for (;;) {
      asking.isStale = false;
      const open = await this.#readOpen(runId);
      const question = open.find(
        (candidate) =>
          !asked.has(candidate.question_id) &&
          asking.client.takes(candidate.kind) &&
          !asksForSecret(candidate),
      );
      if (!question || this.#asking.get(runId) !== asking) return false;
      asked.add(question.question_id);
      const isLost = await this.#settle(runId, question, asking);
      if (isLost) return true;
    }
  }

  /** Tells whether the client went away before it answered. */
  async #settle(runId: string, question: Question, asking: Asking): Promise<boolean> {
    let refusal: string | undefined;
    for (let attempt = 1; attempt <= maxTries; attempt += 1) {
      const controller = new AbortController();
      asking.form = { questionId: question.question_id, controller };
      const answer = await putQuestion(question, runId, {
        client: asking.client,
        signal: controller.signal,
        refusal,
      });
      asking.form = undefined;
      if (answer.kind === 'lost') return !controller.signal.aborted;
      refusal = await this.#pass(runId, question, answer);
      if (refusal === undefined) return false;
    }
    await this.#pass(runId, question, { kind: 'declined' });
    return false;
  }

  /** Writes the answer down, or tells why it is none. */
  async #pass(
    runId: string,
    question: Question,
    answer: Exclude<FormAnswer, { kind: 'lost' }>,
  ): Promise<string | undefined> {
    try {
      await answerQuestion(this.#oatty, runId, question, answer);
      return undefined;
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (error.traits.category === 'validation') return error.message;
      // A conflict: it was answered elsewhere, or the run has ended.
      if (error.traits.category !== 'conflict') logFailure(this.#log, `answer of run ${runId}`, error);
      return undefined;
    }
  }

  async #readOpen(runId: string): Promise<readonly Question[]> {
    try {
      const { run, caller, open_questions } = await this.#oatty.runs.inspect(runId);
      if (isTerminal(run.status)) return [];
      return open_questions.filter(({ approvers }) => approvers?.includes(caller.principal) ?? true);
    } catch (thrown) {
      logFailure(this.#log, `questions of run ${runId}`, OattyError.from(thrown));
      return [];
    }
  }
}

// --- internal ---

interface Putting {
  readonly client: TaskClient;
  readonly signal: AbortSignal;
  /** Why the answer before this did not fit. */
  readonly refusal: string | undefined;
}

async function putQuestion(
  question: Question,
  runId: string,
  { client, signal, refusal }: Putting,
): Promise<FormAnswer> {
  if (question.kind === 'sampling') return letWrite(question, runId, { client, signal });
  const form = toForm(question);
  const message = refusal === undefined ? form.message : `${refusal}\n${form.message}`;
  return client.ask({ ...form, message }, runId, signal);
}

/** Q6 */
async function letWrite(
  question: Question,
  runId: string,
  { client, signal }: Omit<Putting, 'refusal'>,
): Promise<FormAnswer> {
  const answer = await client.write(await toSamplingRequest(question), runId, signal);
  switch (answer.kind) {
    case 'written':
      return { kind: 'accepted', content: toWrittenAnswer(question, answer.result) };
    case 'failed':
      return { kind: 'accepted', content: toFailure(answer.reason) };
    case 'declined':
    case 'lost':
      return answer;
  }
}
