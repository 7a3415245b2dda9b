/**
 * A workflow that is being written: what is wanted, how far it has come, and what a model is asked to write next.
 *
 *   D1. All of it is JSON, and stands in the journal: the wish in the row of the run, the progress in its questions.
 *       Only the last question counts, so that an answer never has to be judged twice.
 *   D2. What a model writes is text from outside: it is bounded, parsed and validated, and decides nothing by itself.
 */
import { OattyError } from '@oatty/types';
import type { ErrorPayload, JsonSchema, Operation, Question, Violation } from '@oatty/types';
import type { OfferedCommand } from './offer-commands.ts';

/** What the run was started with. */
export interface DraftWish {
  readonly goal?: string;
  readonly target_system?: string;
  readonly constraints?: string;
  /** Text to begin with: the author's, or the one that is to be corrected. */
  readonly manifest?: string;
  /** The manifest is not to stay as it is, valid or not. */
  readonly rewrite?: boolean;
  /** Why a run of it failed. */
  readonly error?: ErrorPayload;
  /** The id that the workflow keeps. */
  readonly workflow_id?: string;
  readonly overwrite?: boolean;
  /** Nobody else may have changed the saved workflow since. */
  readonly expected_version?: string;
  /** Whether there is a model to ask. */
  readonly has_model: boolean;
}

/** A part that is written at a time, or the whole. */
export type DraftBlock = 'inputs' | 'steps' | 'providers' | 'manifest';

/** What a question asks a model to write. */
export interface Writing {
  readonly block: DraftBlock;
  /** Counts from 1 within a block. */
  readonly round: number;
  readonly max_rounds: number;
  readonly goal?: string;
  readonly target_system?: string;
  readonly constraints?: string;
  /** The text so far, without what this block brings; the whole of it for `manifest`. */
  readonly manifest?: string;
  /** What was written for this block, and is wrong. */
  readonly written?: string;
  /** What is wrong with it, or with the whole. */
  readonly violations?: readonly Violation[];
  /** Why a run of it failed. */
  readonly error?: ErrorPayload;
  /** Inputs whose values a command could offer, for `providers`. */
  readonly candidates?: readonly ProviderCandidate[];
  /** Commands to choose from. */
  readonly commands?: readonly OfferedCommand[];
}

export interface ProviderCandidate {
  readonly input: string;
  /** Id of the command that lists values. */
  readonly provider: string;
}

/** In characters; the limit of a manifest is larger, but no model writes that much in one go. */
const maxAnswerLength = 100_000;

const idPrefix = 'draft-';

export function isDraftQuestion({ question_id }: Question): boolean {
  return question_id.startsWith(idPrefix);
}

/** @param number - counts from 1 over the questions of the draft */
export function toDraftQuestion(number: number, writing: Writing): Question {
  return {
    question_id: `${idPrefix}${number}`,
    kind: 'sampling',
    message: toMessage(writing),
    schema: answerSchema,
    writing: { ...writing },
  };
}

/** @throws {OattyError} `STORAGE_FAILED` for a question that asks a model for nothing */
export function toWriting({ question_id, writing }: Question): Writing {
  if (isWriting(writing)) return writing;
  throw new OattyError('STORAGE_FAILED', `The question "${question_id}" does not say what is to be written.`);
}

/** @throws {OattyError} `STORAGE_FAILED` for an operation that writes nothing */
export function toWish({ name, draft }: Operation): DraftWish {
  if (isWish(draft)) return draft;
  throw new OattyError('STORAGE_FAILED', `The operation "${name}" does not say what is wanted.`);
}

/** What a model answered: a text, or why there is none. */
export interface DraftAnswer {
  readonly text?: string;
  readonly failure?: string;
}

// --- internal ---

/** Both are optional in the schema, because forms know no alternatives; without a text there is a failure. */
const answerSchema: JsonSchema = {
  type: 'object',
  properties: {
    text: { type: 'string', maxLength: maxAnswerLength, description: 'What was asked for, as YAML.' },
    failure: { type: 'string', maxLength: 1_000, description: 'Why there is no text.' },
  },
  additionalProperties: false,
};

/** `toDraftQuestion` has written it; the journal knows no type of it. */
function isWriting(value: Question['writing'] | Writing): value is Writing {
  return value !== undefined && typeof value.block === 'string' && Object.hasOwn(stages, value.block);
}

/** `start-operation.ts` has written it. */
function isWish(value: Operation['draft'] | DraftWish): value is DraftWish {
  return value !== undefined && typeof value.has_model === 'boolean';
}

const stages = {
  inputs: 'Drafting the inputs',
  steps: 'Drafting the steps',
  providers: 'Drafting the providers of inputs',
  manifest: 'Repairing the manifest',
} as const satisfies Record<DraftBlock, string>;

function toMessage({ block, round, max_rounds, violations = [], error }: Writing): string {
  const problems = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
  const reason = violations.length > 0 ? `: ${problems}` : error ? `: ${error.error_code}` : '';
  return `${stages[block]} with the client's model (round ${round} of ${max_rounds})${reason}.`;
}
