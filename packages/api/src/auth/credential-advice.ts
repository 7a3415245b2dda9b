/** What to do when an API refuses a request that carried no credentials. */
import type { CatalogEntry, HttpExecution, SecurityScheme } from '@oatty/types';
import { chooseSecurity } from './choose-security.ts';

/** `undefined` where credentials were sent: then they are wrong, or do not allow this. */
export function toCredentialAdvice(
  execution: HttpExecution,
  schemes: Readonly<Record<string, SecurityScheme>>,
  entry: CatalogEntry,
): string | undefined {
  if (chooseSecurity(execution, schemes, entry) !== undefined) return undefined;
  const [scheme] = (execution.security ?? []).flatMap((requirement) => Object.keys(requirement));
  if (scheme !== undefined) {
    return `No credentials were sent. Set them with "oatty catalog auth ${entry.id} ${scheme}".`;
  }
  return `The description names no credentials. Set a header with "oatty catalog headers ${entry.id} --set NAME=VALUE".`;
}
