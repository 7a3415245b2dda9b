/**
 * The client that called a tool, as the tool sees it: no SDK, no protocol revision.
 *
 *   C1. A tool asks everything of one round at once. Where the revision has no requests to the client, the call ends
 *       with what was asked for, and begins anew with the answers: until then a tool does nothing that would show.
 *   C2. What a client did not declare is not asked of it.
 */
import { OattyError } from '@oatty/types';
import type { Form } from '../tasks/question-form.ts';

export type ClientRequest =
  | { readonly method: 'elicitation/create'; readonly params: FormParams }
  | { readonly method: 'sampling/createMessage'; readonly params: Readonly<Record<string, unknown>> }
  | { readonly method: 'roots/list'; readonly params?: Readonly<Record<string, unknown>> };

export type ClientAnswer = Readonly<Record<string, unknown>>;

export interface ToolClient {
  /** Whether the client has declared that it answers such requests. */
  can(method: ClientRequest['method']): boolean;
  /**
   * By key, which is the caller's choice; `undefined` for a request that the client could not answer.
   *
   * @throws {CallInterruption} where the answers come with another call
   */
  ask(requests: Readonly<Record<string, ClientRequest>>, options?: AskOptions): Promise<ClientAnswers>;
  /** Best effort, and only when the caller wants to hear of it. */
  progress(done: number, total: number): void;
  /** Best effort, and only when the caller wants to hear of messages of this level. */
  log(level: LogLevel, data: unknown): void;
}

export type ClientAnswers = Readonly<Record<string, ClientAnswer | undefined>>;

export interface AskOptions {
  /** What somebody agrees to: an answer counts only for exactly this, asked in this call. */
  readonly subject?: unknown;
}

/** From the least to the most severe. */
export const logLevels = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
] as const;

export type LogLevel = (typeof logLevels)[number];

/** Whoever named no level hears nothing. */
export function isLogged(level: LogLevel, wanted: LogLevel | undefined): boolean {
  return wanted !== undefined && logLevels.indexOf(level) >= logLevels.indexOf(wanted);
}

interface FormParams {
  readonly mode: 'form';
  readonly message: string;
  readonly requestedSchema: Readonly<Record<string, unknown>>;
}

export function toFormRequest({ message, schema }: Form): ClientRequest {
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema: { ...schema } } };
}

/** Ends a call that has to be answered in another way than by its tool. Whoever catches it throws it on. */
export class CallInterruption extends OattyError {}

/** Something was to be asked of a client that has not declared it. */
export function toCapabilityError({ method }: ClientRequest): OattyError {
  const capability = capabilityNames[method];
  return new OattyError('ARGUMENT_INVALID', `The call needs a client with the capability "${capability}".`, {
    suggestedAction: `Declare the capability "${capability}", or do without this call.`,
    context: { capability },
  });
}

export const capabilityNames = {
  'elicitation/create': 'elicitation',
  'sampling/createMessage': 'sampling',
  'roots/list': 'roots',
} as const satisfies Record<ClientRequest['method'], string>;
