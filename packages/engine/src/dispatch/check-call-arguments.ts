/** Arguments of one call against the schemas of its command, all mistakes at once. */
import { OattyError } from '@oatty/types';
import type { CommandArguments, Violation } from '@oatty/types';
import type { FoundCommand } from '../ports/command-source.ts';
import { checkArguments } from '../schema/check-arguments.ts';
import type { ArgumentIssue, CheckArgumentsOptions } from '../schema/check-arguments.ts';
import { formatPath } from '../schema/format-path.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` with a violation per mistake; `$.with.…` and `$.body.…` are the paths */
export function checkCallArguments(
  found: FoundCommand,
  given: CommandArguments,
  { secrets }: { readonly secrets?: ReadonlySet<string> },
): void {
  const issues = checkArguments(found, given, optionsFor(found));
  const [first] = issues;
  if (first === undefined) return;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  throw new OattyError('ARGUMENT_INVALID', `${first.message}${more}`, {
    ...(first.suggestion !== undefined && { suggestedAction: first.suggestion }),
    context: { command_id: found.command.id },
    violations: issues.map((issue) => toViolation(issue, secrets)),
  });
}

// --- internal ---

/** The values of a workflow's inputs are judged when the inputs are resolved, where text is converted to their types. */
function optionsFor({ command }: FoundCommand): CheckArgumentsOptions {
  return command.execution.kind === 'workflow' ? { isUnknown: () => true } : { lenientText: true };
}

/** Where secrets went in, a shortened value could be the beginning of one. */
function toViolation(issue: ArgumentIssue, secrets: ReadonlySet<string> | undefined): Violation {
  const { path, rule, message, expected, actual, suggestion } = issue;
  const mayShow = actual !== undefined && (secrets === undefined || secrets.size === 0);
  return {
    path: formatPath(path),
    rule,
    message,
    ...(expected !== undefined && { expected }),
    ...(mayShow && { actual }),
    ...(suggestion !== undefined && { suggestion }),
  };
}
