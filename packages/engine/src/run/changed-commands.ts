/** Asks before a run goes on with commands that are no longer what they were when it started. Pure. */
import { OattyError } from '@oatty/types';
import type { Question } from '@oatty/types';
import type { CommandSource } from '../ports/command-source.ts';
import { digestCommand } from './command-digest.ts';
import type { RunState } from './run-state.ts';

/**
 * @returns a question while nobody has decided
 * @throws {OattyError} `RUN_STATE_CONFLICT` when a person decided not to go on
 */
export function askAboutChangedCommands(
  { record, results, questions }: RunState,
  commands: CommandSource,
): Question | undefined {
  const changed = listChangedCommands(record.commands ?? {}, commands, (id) => {
    return record.workflow.steps.some((step) => step.run === id && !results.has(step.id));
  });
  if (changed.length === 0) return undefined;
  const question = toQuestion(changed);
  const answer = questions.get(question.question_id);
  if (answer?.answered_at === undefined) return question;
  if ((answer.answer as { decision?: unknown }).decision === 'go_on') return undefined; // checked when it was answered
  throw new OattyError(
    'RUN_STATE_CONFLICT',
    `Commands have changed since the run started: ${nameAll(changed)}.`,
    {
      suggestedAction: 'Resume the run: it shows what is kept and what runs again.',
      context: { run_id: record.run_id, commands: changed.map(({ id }) => id) },
    },
  );
}

export interface ChangedCommand {
  readonly id: string;
  readonly digest: string;
}

/** A command that is gone is not among them: calling it says so. */
export function listChangedCommands(
  digests: Readonly<Record<string, string>>,
  commands: CommandSource,
  isNeeded: (commandId: string) => boolean,
): readonly ChangedCommand[] {
  return Object.entries(digests).flatMap(([id, digest]) => {
    if (!isNeeded(id)) return [];
    const found = commands.find(id);
    if (found === undefined) return [];
    const today = digestCommand(found);
    return today === digest ? [] : [{ id, digest: today }];
  });
}

// --- internal ---

/** Its id names the digests: another edit is another question. */
function toQuestion(changed: readonly ChangedCommand[]): Question {
  return {
    question_id: `changed-commands:${changed.map(({ digest }) => digest).join('.')}`,
    kind: 'decision',
    message: `Commands have changed since the run started: ${nameAll(changed)}. Go on with what they are now?`,
    schema: {
      type: 'object',
      required: ['decision'],
      properties: {
        decision: {
          type: 'string',
          enum: ['go_on', 'fail'],
          description: 'go_on: with the commands as they are now. fail: the run fails.',
        },
      },
    },
  };
}

function nameAll(changed: readonly ChangedCommand[]): string {
  return changed.map(({ id }) => id).join(', ');
}
