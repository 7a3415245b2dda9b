/** The two ways in which a call is refused before it is made. Pure. */
import { maxEffect, OattyError } from '@oatty/types';
import type { Command, Effect, PolicyDecision } from '@oatty/types';

export interface CallerLimits {
  /** Refuses a command that does more than this. */
  readonly maxEffect?: Effect;
  /** A person has agreed. */
  readonly confirmed?: boolean;
}

/** @throws {OattyError} `POLICY_DENIED`, or `ARGUMENT_INVALID` for a command that does more than the caller takes on */
export function refuseUnlessAllowed(command: Command, decision: PolicyDecision, limits: CallerLimits): void {
  const context = { command_id: command.id, effect: command.effect };
  if (decision.kind === 'deny') {
    throw new OattyError('POLICY_DENIED', `The policy denies "${command.id}": ${decision.reason}`, {
      context,
    });
  }
  const allowed = limits.maxEffect;
  if (allowed === undefined || maxEffect(allowed, command.effect) === allowed) return;
  throw new OattyError(
    'ARGUMENT_INVALID',
    `"${command.id}" is ${command.effect}, and only what is ${allowed} may run here.`,
    {
      suggestedAction: `Choose a ${allowed} command, or run this one where ${command.effect} commands may run.`,
      context: { ...context, max_effect: allowed },
    },
  );
}

/** @throws {OattyError} `CONFIRMATION_REQUIRED` */
export function refuseUnlessConfirmed(
  command: Command,
  decision: PolicyDecision,
  limits: CallerLimits,
): void {
  if (decision.kind !== 'ask' || limits.confirmed === true) return;
  throw new OattyError(
    'CONFIRMATION_REQUIRED',
    `"${command.id}" needs the agreement of a person: ${decision.reason}`,
    { context: { command_id: command.id, effect: command.effect } },
  );
}
