/**
 * A call that was in flight when its owner disappeared: make it again, ask, or do what was answered. Pure.
 *
 *   F1. What may be repeated is called again, as the same poll and attempt and with the same idempotency key.
 *   F2. Anything else is asked about, once per call.
 *   F3. A retry that a person allowed is the next attempt, so if it is interrupted too, that is a new question.
 */
import type { Question } from '@oatty/types';
import type { FoundCommand } from '../ports/command-source.ts';
import type { CallMark, QuestionRecord } from '../ports/journal-entry.ts';
import { isRepeatable } from './call-identity.ts';
import { placeOf } from './run-state.ts';

export type Resumption =
  | { readonly kind: 'start' }
  /** Go on with this poll and attempt, not before `dueAt`. */
  | { readonly kind: 'call'; readonly mark: CallMark; readonly attempt: number; readonly dueAt?: string }
  | { readonly kind: 'ask'; readonly question: Question }
  /** A person gave the output, or none. */
  | { readonly kind: 'skip'; readonly output: unknown }
  | { readonly kind: 'fail' };

/** @param describeRequest - what the call sent, for a person who has to find out whether it arrived */
export function resumeCall(
  mark: CallMark | undefined,
  found: FoundCommand | undefined,
  questions: ReadonlyMap<string, QuestionRecord>,
  describeRequest: () => string,
): Resumption {
  if (mark === undefined) return { kind: 'start' };
  if (mark.phase === 'due') return { kind: 'call', mark, attempt: mark.attempt, dueAt: mark.at };
  // A command that is gone fails the step when it is called; there is nothing to ask.
  if (found === undefined || isRepeatable(found)) return { kind: 'call', mark, attempt: mark.attempt };
  const question = toQuestion(mark, found, describeRequest());
  const record = questions.get(question.question_id);
  if (record?.answered_at === undefined) return { kind: 'ask', question };
  return toDecision(mark, record.answer);
}

// --- internal ---

function toQuestion(mark: CallMark, { command }: FoundCommand, sent: string): Question {
  const place = placeOf(mark);
  return {
    question_id: `in-flight:${place}#${mark.poll}.${mark.attempt}`,
    kind: 'decision',
    message:
      `The process ended while step "${place}" was calling "${command.id}" (since ${mark.at})${sent === '' ? '' : `, with ${sent}`}. ` +
      'Whether the call was carried out is not known, and it may not be repeatable. What should happen?',
    schema: {
      type: 'object',
      required: ['decision'],
      properties: {
        decision: {
          type: 'string',
          enum: ['retry', 'skip', 'fail'],
          description: 'retry: call again. skip: go on without calling. fail: the step fails.',
        },
        output: {
          type: 'string',
          description: 'With skip: the output of the step, as JSON. Without it the step counts as skipped.',
        },
      },
    },
  };
}

function toDecision(mark: CallMark, answer: unknown): Resumption {
  const { decision, output } = answer as { decision?: unknown; output?: unknown }; // checked when it was answered
  if (decision === 'retry') return { kind: 'call', mark, attempt: mark.attempt + 1 };
  if (decision === 'skip')
    return { kind: 'skip', output: typeof output === 'string' ? parse(output) : undefined };
  return { kind: 'fail' };
}

/** Text that is no JSON is meant as text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
