/**
 * Asks the person before a catalog's credentials, other secrets or private addresses come within reach of somebody new.
 *
 *   E1. A model chooses none of them alone: where a base URL, a header or an import exposes something, a person agrees.
 *   E2. Nobody agrees to more than the access token allows; this is as much as something destructive.
 */
import type { ApproveExposure, CatalogExposure } from '@oatty/runtime';
import { requireAllowance } from './allowance.ts';
import { requireConfirmation } from './person.ts';
import type { ToolContext } from './tool.ts';

interface ConsentArguments {
  readonly confirm?: boolean | undefined;
}

interface PrivateSourceArguments extends ConsentArguments {
  readonly source: string;
  readonly allow_private?: boolean | undefined;
}

export function askAboutExposure({ confirm }: ConsentArguments, context: ToolContext): ApproveExposure {
  return async (exposure) => {
    requireAllowance(`A change of "${exposure.title}"`, 'destructive', context);
    const { catalog_id, base_url, origins, references, private_hosts } = exposure;
    const subject = { catalog_id, base_url, origins, references, private_hosts };
    await requireConfirmation(
      { message: toQuestion(exposure), confirm, suggestedAction, context: subject },
      context.person,
    );
  };
}

/** @throws {OattyError} unless a person agrees that a description may come from private addresses, where it is asked for */
export async function requirePrivateConsent(
  args: PrivateSourceArguments,
  context: ToolContext,
): Promise<void> {
  const { source, allow_private, confirm } = args;
  if (allow_private !== true) return;
  requireAllowance('allow_private', 'destructive', context);
  const message = `Read "${toShownSource(source)}", also from private addresses of this machine and its network?`;
  await requireConfirmation(
    { message, confirm, suggestedAction, context: { allow_private: true, source: toShownSource(source) } },
    context.person,
  );
}

// --- internal ---

const suggestedAction = 'Ask the person. When they agree, call again with confirm: true.';

function toQuestion({ title, base_url, ...exposure }: CatalogExposure): string {
  const { origins, sends, references, private_hosts } = exposure;
  const named = references.length === 0 ? '' : ` with ${references.join(', ')}`;
  const parts = [
    ...(origins.length > 0 ? [`send ${sends.join(', ')}${named} to ${origins.join(', ')}`] : []),
    ...(origins.length === 0 && references.length > 0
      ? [`send ${references.join(', ')} to ${base_url ?? 'its servers'}`]
      : []),
    ...(private_hosts.length > 0 ? [`call the private address ${private_hosts.join(', ')}`] : []),
  ];
  return `Let the catalog "${title}" ${parts.join(', and ')}?`;
}

/** Without user name and password. */
function toShownSource(source: string): string {
  const url = URL.parse(source);
  if (url === null || (url.username === '' && url.password === '')) return source;
  url.username = '';
  url.password = '';
  return url.href;
}
