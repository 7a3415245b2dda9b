/** What the access token of a caller allows, whatever a person confirms. */
import { OattyError } from '@oatty/types';
import type { Effect } from '@oatty/types';
import { toScopeText } from '../auth/scopes.ts';
import type { ToolContext } from './tool.ts';

/** @throws {OattyError} `SCOPE_INSUFFICIENT` when `what` does more than the caller may */
export function requireAllowance(what: string, effect: Effect, { maxEffect }: ToolContext): void {
  if (maxEffect === undefined || maxEffect === 'destructive' || effect !== 'destructive') return;
  const scope = toScopeText(effect);
  throw new OattyError('SCOPE_INSUFFICIENT', `"${what}" is ${effect}, and needs the scopes ${scope}.`, {
    suggestedAction: 'Connect again with an access token that has these scopes.',
    context: { scope, effect },
  });
}
