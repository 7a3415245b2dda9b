/** What a command has against its arguments, in the words of a tool that takes them directly. */
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';

/** `$.with.due` → `$.due`; every other error is left as it is. */
export function toArgumentError(error: OattyError): OattyError {
  const { violations, ...options } = error.options;
  if (error.code !== 'ARGUMENT_INVALID' || violations === undefined) return error;
  const own = violations.map(toOwnViolation);
  const isOfFirst = options.suggestedAction === violations[0]?.suggestion;
  const suggestedAction = isOfFirst ? own[0]?.suggestion : options.suggestedAction;
  return new OattyError(error.code, error.message, {
    ...options,
    ...(suggestedAction !== undefined && { suggestedAction }),
    violations: own,
    correlationId: error.correlationId,
  });
}

// --- internal ---

function toOwnViolation(violation: Violation): Violation {
  const path = violation.path.replace(/^\$\.with\b/, '$');
  const suggestion = violation.rule === 'parameter_missing' ? `Give ${path.slice(2)}.` : violation.suggestion;
  return { ...violation, path, ...(suggestion !== undefined && { suggestion }) };
}
