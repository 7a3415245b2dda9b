/** The integrations that a user may use: e-mail, what is the user's own, what others share. */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import type { TasksPorts } from '../ports.ts';
import { selectIntegrations } from '../rows/integration-rows.ts';
import type { KeptIntegration } from '../rows/integration-rows.ts';
import { readUser } from '../rows/user-rows.ts';
import type { OpenIntegration } from './action.ts';
import { openEmail } from './email.ts';
import { integrationKinds } from './kinds.ts';

export const emailName = 'email';

export interface UsableIntegration {
  readonly name: string;
  readonly kind: string;
  /** Of one's own; what others share does not show where it leads. */
  readonly settings: unknown;
  readonly isShared: boolean;
  readonly open: OpenIntegration;
}

export async function listIntegrations(
  ports: TasksPorts,
  context: HandlerContext,
): Promise<readonly UsableIntegration[]> {
  const database = await ports.database();
  const kept = await database.run(function* () {
    const { user_id } = yield* readUser(context.caller.principal);
    return yield* selectIntegrations(user_id);
  });
  const email = { name: emailName, kind: emailName, settings: null, isShared: true };
  return [
    { ...email, open: openEmail(ports.mail, context) },
    ...kept.flatMap((row) => toUsable(row, ports) ?? []),
  ];
}

/** @throws {OattyError} `INTEGRATION_NOT_FOUND` */
export async function requireIntegration(
  ports: TasksPorts,
  name: string,
  context: HandlerContext,
): Promise<UsableIntegration> {
  const usable = await listIntegrations(ports, context);
  const found = usable.find((integration) => integration.name === name);
  if (found !== undefined) return found;
  throw new OattyError('INTEGRATION_NOT_FOUND', `There is no integration "${name}".`, {
    suggestedAction: `There are: ${usable.map((integration) => integration.name).join(', ')}. A person adds one with "oatty tasks integrations:add".`,
    context: { integration: name },
  });
}

// --- internal ---

/** Nothing for a kind of a newer oatty. */
function toUsable(row: KeptIntegration, ports: TasksPorts): UsableIntegration | undefined {
  const kinds = new Map(Object.entries(integrationKinds));
  const kind = kinds.get(row.kind);
  const settings = kind?.settings.safeParse(JSON.parse(row.settings));
  if (kind === undefined || settings?.success !== true) return undefined;
  return {
    name: row.name,
    kind: row.kind,
    settings: row.is_own ? settings.data : null,
    isShared: row.is_shared,
    open: kind.open(settings.data, ports),
  };
}
