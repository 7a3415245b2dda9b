/**
 * Asks the person before a catalog's credentials or other secrets come within reach of somebody new.
 *
 *   E1. A model does not choose alone where secrets go: where a base URL, a header or an import exposes one, a person agrees.
 *   E2. A private address that is named in the call is asked for; nobody else is asked.
 *   E3. Both need as much of an access token as something destructive.
 */
import type { ApproveExposure, CatalogExposure } from '@oatty/runtime';
import { requireAllowance } from './allowance.ts';
import { requireConfirmation } from './person.ts';
import type { ToolContext } from './tool.ts';

export function askAboutExposure(
  { confirm }: { readonly confirm?: boolean | undefined },
  context: ToolContext,
): ApproveExposure {
  return async (exposure) => {
    requireAllowance(`A change of "${exposure.title}"`, 'destructive', context);
    const { catalog_id, base_url, origins, references } = exposure;
    if (origins.length === 0 && references.length === 0) return; // E2
    const subject = { catalog_id, base_url, origins, references };
    await requireConfirmation(
      { message: toQuestion(exposure), confirm, suggestedAction, context: subject },
      context.person,
    );
  };
}

/** @throws {OattyError} `SCOPE_INSUFFICIENT` where a description may not come from private addresses (E3) */
export function requirePrivateAllowance(
  { allow_private }: { readonly allow_private?: boolean | undefined },
  context: ToolContext,
): void {
  if (allow_private === true) requireAllowance('allow_private', 'destructive', context);
}

// --- internal ---

const suggestedAction = 'Ask the person. When they agree, call again with confirm: true.';

function toQuestion({ title, base_url, origins, sends, references }: CatalogExposure): string {
  const named = references.length === 0 ? '' : ` with ${references.join(', ')}`;
  const what = origins.length > 0 ? `${sends.join(', ')}${named}` : references.join(', ');
  const where = origins.length > 0 ? origins.join(', ') : (base_url ?? 'its servers');
  return `Let the catalog "${title}" send ${what} to ${where}?`;
}
