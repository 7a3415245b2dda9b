/**
 * One call of a request that may have to come again: what is asked for in it, and what the calls before have answered.
 *
 *   R1. Whatever asks begins anew with each call, and finds the answers that are there.
 *   R2. An answer counts for the question that was asked, and for what it was about. Without a state it counts only where nobody agrees to
 *       anything: such an answer is an argument like others.
 *   R3. An answer that is none is asked for again.
 *   R4. What the client did not declare is not asked: it is told which capability is missing.
 */
import * as z from 'zod';
import { CallInterruption, capabilityNames, toCapabilityError } from '../../tools/tool-client.ts';
import type { AskOptions, ClientAnswer, ClientAnswers, ClientRequest } from '../../tools/tool-client.ts';
import { MissingCapability } from './missing-capability.ts';
import type { ClientCapabilities, ModernCall } from './modern-call.ts';
import { fingerprint, signState, verifyState } from './request-state.ts';
import type { RequestState } from './request-state.ts';

export interface InputRoundOptions {
  readonly call: ModernCall;
  /** What makes the request what it is: principal, method, parameters. */
  readonly request: unknown;
  /** Read when something is asked, or a state comes back. */
  readonly readKey: () => Promise<Buffer>;
}

/**
 * Gives what `answer` gives, or what it asks for.
 *
 * @throws {ProtocolError} for a state that is not ours or not of this request, and for a capability that is missing
 */
export async function answerRound(
  options: InputRoundOptions,
  answer: (round: InputRound) => Promise<object>,
): Promise<object> {
  const round = await openRound(options);
  try {
    return await answer(round);
  } catch (thrown) {
    if (thrown instanceof InputRequired) return round.toResult();
    if (thrown instanceof CapabilityRequired) {
      throw new MissingCapability(thrown, { [thrown.capability]: {} });
    }
    throw thrown;
  }
}

/** The call ends with what it asked for. */
class InputRequired extends CallInterruption {
  constructor() {
    super('CONFIRMATION_REQUIRED', 'The call needs an answer first.');
  }
}

/** The call asked for what its client cannot answer. */
class CapabilityRequired extends CallInterruption {
  readonly capability: string;

  constructor(request: ClientRequest) {
    const { code, message, options } = toCapabilityError(request);
    super(code, message, options);
    this.capability = capabilityNames[request.method];
  }
}

interface AskedRequest {
  readonly request: ClientRequest;
  /** Of the request and of what it is about. */
  readonly print: string;
}

export class InputRound {
  readonly #options: InputRoundOptions;
  readonly #request: string;
  readonly #state: RequestState | undefined;
  readonly #asked = new Map<string, AskedRequest>();
  readonly #answers = new Map<string, ClientAnswer>();

  constructor(options: InputRoundOptions, request: string, state: RequestState | undefined) {
    this.#options = options;
    this.#request = request;
    this.#state = state;
  }

  can(method: ClientRequest['method']): boolean {
    return canAnswer(method, this.#options.call.capabilities);
  }

  /** @throws {InputRequired} when an answer is not there yet */
  async ask(
    requests: Readonly<Record<string, ClientRequest>>,
    { subject }: AskOptions = {},
  ): Promise<ClientAnswers> {
    const missing = Object.values(requests).find(({ method }) => !this.can(method));
    if (missing) throw new CapabilityRequired(missing);
    for (const [key, request] of Object.entries(requests)) {
      const answer = this.#find(key, request, subject);
      if (answer) this.#answers.set(key, answer);
      else this.#asked.set(key, { request, print: fingerprint([request, subject]) });
    }
    if (this.#asked.size > 0) throw new InputRequired();
    return Object.fromEntries(Object.keys(requests).map((key) => [key, this.#answers.get(key)]));
  }

  /** What the call is answered with after `InputRequired`. */
  async toResult() {
    const asked = [...this.#asked].map(([key, { print }]) => [key, print]);
    const requests = [...this.#asked].map(([key, { request }]) => [key, request]);
    const state: RequestState = {
      request: this.#request,
      asked: { ...this.#state?.asked, ...Object.fromEntries(asked) },
      answers: Object.fromEntries(this.#answers),
    };
    return {
      resultType: 'input_required',
      inputRequests: Object.fromEntries(requests),
      requestState: signState(state, await this.#options.readKey(), Date.now()),
    };
  }

  #find(key: string, request: ClientRequest, subject: unknown): ClientAnswer | undefined {
    const wasAsked = this.#state?.asked[key] === fingerprint([request, subject]);
    if (wasAsked && this.#state?.answers[key]) return this.#state.answers[key];
    if (!wasAsked && (subject !== undefined || this.#state)) return undefined;
    const answer = answers[request.method].safeParse(this.#options.call.inputResponses[key]);
    return answer.success ? answer.data : undefined;
  }
}

export function canAnswer(method: ClientRequest['method'], capabilities: ClientCapabilities): boolean {
  const { elicitation, sampling, roots } = capabilities;
  switch (method) {
    case 'elicitation/create':
      // Whoever names no kind means forms: there was no other when it was written.
      return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
    case 'sampling/createMessage':
      return sampling !== undefined;
    case 'roots/list':
      return roots !== undefined;
  }
}

/** What a person made of a form. */
export const formAnswer = z.looseObject({
  action: z.enum(['accept', 'decline', 'cancel']),
  content: z.record(z.string(), z.unknown()).nullish(),
});

// --- internal ---

async function openRound(options: InputRoundOptions): Promise<InputRound> {
  const { call, readKey } = options;
  const request = fingerprint(options.request);
  if (call.requestState === undefined) return new InputRound(options, request, undefined);
  const state = verifyState(call.requestState, request, await readKey(), Date.now());
  return new InputRound(options, request, state);
}

const answers = {
  'elicitation/create': formAnswer,
  'sampling/createMessage': z.looseObject({ role: z.string(), content: z.unknown() }),
  'roots/list': z.looseObject({ roots: z.array(z.unknown()) }),
} as const satisfies Record<ClientRequest['method'], z.ZodType>;
