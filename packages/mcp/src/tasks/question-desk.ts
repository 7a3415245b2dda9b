/**
 * Brings the questions of runs to people. One desk serves all clients of the process.
 *
 *   Q1. The journal has the question and the answer; the desk only knows who is being asked now.
 *   Q2. A question is asked once at a time: of the client that can be reached first. When that one goes away without
 *       an answer, another one that follows the run is asked.
 *   Q3. No is an answer: it cancels the run.
 *   Q4. An answer that does not fit is said back with the reason, a few times.
 *   Q5. A secret is not asked for: the protocol forbids forms for them.
 */
import type { Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import { toAnswer, toForm } from './question-form.ts';
import type { FormAnswer, TaskClient } from './task-client.ts';

const maxTries = 3;

interface Asking {
  readonly client: TaskClient;
  readonly controller: AbortController;
  /** Would ask too, if `client` went away. */
  readonly others: Set<TaskClient>;
}

export class QuestionDesk {
  readonly #oatty: Oatty;
  readonly #log: Log;
  readonly #asking = new Map<string, Asking>();

  constructor(oatty: Oatty, log: Log) {
    this.#oatty = oatty;
    this.#log = log;
  }

  /** Asks, unless somebody who can answer is being asked already. Never rejects. */
  async offer(runId: string, question: Question, client: TaskClient): Promise<void> {
    if (asksForSecret(question)) return;
    const key = toKey(runId, question.question_id);
    const current = this.#asking.get(key);
    if (current?.client === client) return;
    if (current?.client.canAsk(runId)) {
      current.others.add(client);
      return;
    }
    if (!client.canAsk(runId)) return;
    current?.controller.abort();
    const asking: Asking = { client, controller: new AbortController(), others: new Set(current?.others) };
    this.#asking.set(key, asking);
    const isSettled = await this.#settle(runId, question, asking);
    if (this.#asking.get(key) !== asking) return;
    this.#asking.delete(key);
    if (isSettled) return;
    for (const other of asking.others) void this.offer(runId, question, other);
  }

  /** Takes back what is being asked about a run, except the questions that are still open. */
  withdraw(runId: string, open: readonly Question[]): void {
    const openKeys = new Set(open.map((question) => toKey(runId, question.question_id)));
    for (const [key, asking] of this.#asking) {
      if (!key.startsWith(toKey(runId, '')) || openKeys.has(key)) continue;
      this.#asking.delete(key);
      asking.controller.abort();
    }
  }

  /** Tells whether the question needs nobody any more. */
  async #settle(runId: string, question: Question, { client, controller }: Asking): Promise<boolean> {
    const form = toForm(question);
    let { message } = form;
    for (let attempt = 1; attempt <= maxTries; attempt += 1) {
      const answer = await client.ask({ ...form, message }, runId, controller.signal);
      if (answer.kind === 'lost') return false;
      const refusal = await this.#pass(runId, question, answer);
      if (refusal === undefined) return true;
      message = `${refusal}\n${form.message}`;
    }
    return true;
  }

  /** Writes the answer down, or tells why it is none. */
  async #pass(
    runId: string,
    question: Question,
    answer: Exclude<FormAnswer, { kind: 'lost' }>,
  ): Promise<string | undefined> {
    try {
      if (answer.kind === 'declined') await this.#oatty.runs.cancel(runId);
      else await this.#oatty.runs.respond(runId, toAnswer(question, answer.content), question.question_id);
      return undefined;
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (error.traits.category === 'validation') return error.message;
      // A conflict: it was answered elsewhere, or the run has ended.
      if (error.traits.category !== 'conflict') logFailure(this.#log, `answer of run ${runId}`, error);
      return undefined;
    }
  }
}

// --- internal ---

function asksForSecret({ schema }: Question): boolean {
  const { properties = {} } = schema as JsonSchema; // the question's schema is a JSON Schema (types/run.ts)
  return Object.values(properties).some(({ writeOnly }) => writeOnly === true);
}

function toKey(runId: string, questionId: string): string {
  return `${runId} ${questionId}`;
}
