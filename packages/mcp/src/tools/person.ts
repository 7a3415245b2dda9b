/** The person behind the client, as far as the client lets us ask. */
import { OattyError } from '@oatty/types';
import type { ErrorContext } from '@oatty/types';
import { toConfirmationForm } from '../tasks/question-form.ts';
import type { PlanArguments } from './argument-schemas.ts';
import { toFormRequest } from './tool-client.ts';
import type { ToolClient } from './tool-client.ts';

export interface Person {
  /** True when a form would reach a person now. */
  readonly canBeAsked: boolean;
  /** @param subject - what exactly is agreed to, beyond the words */
  confirm(message: string, subject: unknown): Promise<'agreed' | 'declined' | 'unreachable'>;
}

export interface Confirmation {
  /** The question, with what will happen named. */
  readonly message: string;
  /** The caller's `confirm`, which counts where nobody can be asked. */
  readonly confirm: boolean | undefined;
  /** What to do where nobody can be asked; absent: what the code says. */
  readonly suggestedAction?: string;
  readonly context: ErrorContext;
}

export function toPerson(client: ToolClient): Person {
  const canBeAsked = client.can('elicitation/create');
  return {
    canBeAsked,
    async confirm(message, subject) {
      if (!canBeAsked) return 'unreachable';
      const confirmation = toFormRequest(toConfirmationForm(message));
      const answers = await client.ask({ confirmation }, { subject });
      if (answers['confirmation'] === undefined) return 'unreachable';
      return answers['confirmation']['action'] === 'accept' ? 'agreed' : 'declined';
    },
  };
}

/**
 * The confirmation of a plan. A `confirm` that comes with the hash of another plan is for that one, and does not count.
 */
export function toPlanConfirmation(
  question: string,
  planHash: string,
  { confirm, plan_hash: confirmedPlan }: PlanArguments,
): Omit<Confirmation, 'context'> {
  const isOld = confirmedPlan !== undefined && confirmedPlan !== planHash;
  return {
    message: isOld ? `This is not the plan that was confirmed. ${question}` : question,
    confirm: confirm === true && !isOld,
    suggestedAction: `Ask the person. When they agree, call again with confirm: true, plan_hash: "${planHash}".`,
  };
}

/**
 * Returns when a person has agreed.
 *
 * @throws {OattyError} `CANCELED` when the person said no; `CONFIRMATION_REQUIRED` when nobody could be asked and the
 *   caller did not confirm
 */
export async function requireConfirmation(confirmation: Confirmation, person: Person): Promise<void> {
  const { message, confirm, suggestedAction, context } = confirmation;
  const answer = await person.confirm(message, context);
  switch (answer) {
    case 'agreed':
      return;
    case 'declined':
      throw new OattyError('CANCELED', `Declined: ${message}`, {
        suggestedAction: 'Do something else, or ask the person what they want.',
        context,
      });
    case 'unreachable':
      if (confirm === true) return;
      throw new OattyError('CONFIRMATION_REQUIRED', `Needs a confirmation: ${message}`, {
        ...(suggestedAction !== undefined && { suggestedAction }),
        context,
      });
  }
}
