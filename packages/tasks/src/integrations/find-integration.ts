/** The integrations that a user may use: what comes with oatty, what is the user's own, what others share. */
import { OattyError } from '@oatty/types';
import type { TasksPorts } from '../ports.ts';
import type { OpenIntegration } from './action.ts';
import { openEmail } from './email.ts';

export interface UsableIntegration {
  readonly name: string;
  readonly kind: string;
  readonly open: OpenIntegration;
}

export async function listIntegrations(ports: TasksPorts): Promise<readonly UsableIntegration[]> {
  return [{ name: 'email', kind: 'email', open: openEmail(ports.mail) }];
}

/** @throws {OattyError} `INTEGRATION_NOT_FOUND` */
export async function requireIntegration(ports: TasksPorts, name: string): Promise<UsableIntegration> {
  const usable = await listIntegrations(ports);
  const found = usable.find((integration) => integration.name === name);
  if (found !== undefined) return found;
  throw new OattyError('INTEGRATION_NOT_FOUND', `There is no integration "${name}".`, {
    suggestedAction: `There are: ${usable.map((integration) => integration.name).join(', ')}.`,
    context: { integration: name },
  });
}
