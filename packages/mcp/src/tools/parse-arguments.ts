/** Arguments of a call → typed arguments, or everything that is wrong with them at once. */
import { maxFindings, nearestNames, OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import type * as z from 'zod';
import type { Tool } from './tool.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` with a violation for each unknown, missing or wrong argument */
export function parseArguments(tool: Tool, args: unknown): Record<string, unknown> {
  const parsed = tool.input.safeParse(args ?? {});
  if (parsed.success) return parsed.data;
  const known = Object.keys(tool.input.shape);
  const violations = parsed.error.issues.flatMap((issue) => toViolations(issue, known));
  const suggestion = violations.find((violation) => violation.suggestion)?.suggestion;
  throw new OattyError('ARGUMENT_INVALID', violations.map((violation) => violation.message).join(' '), {
    ...(suggestion !== undefined && { suggestedAction: suggestion }),
    context: { tool: tool.name, arguments: known },
    violations,
  });
}

// --- internal ---

function toViolations(issue: z.core.$ZodIssue, known: readonly string[]): Violation[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key, index) => toUnknownArgument(key, known, index < maxFindings));
  }
  const path = toPath(issue.path);
  const isMissing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (isMissing)
    return [{ path, rule: 'missing_argument', message: `Argument "${toName(issue)}" is missing.` }];
  return [{ path, rule: 'invalid_argument', message: `Argument "${toName(issue)}": ${issue.message}.` }];
}

/** @param isAdvised - whether anybody will be told what may be meant */
function toUnknownArgument(key: string, known: readonly string[], isAdvised: boolean): Violation {
  const nearest = isAdvised ? nearestNames(key, known)[0] : undefined;
  return {
    path: toPath([key]),
    rule: 'unknown_argument',
    message: `Argument "${key}" is not known.`,
    suggestion: nearest ? `Did you mean "${nearest}"?` : `Known are: ${known.join(', ') || 'none'}.`,
  };
}

function toName(issue: z.core.$ZodIssue): string {
  return String(issue.path[0] ?? 'arguments');
}

/** `['inputs', 'a b', 0]` → `$.inputs['a b'][0]` */
function toPath(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    const name = String(key);
    return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`;
  }, '$');
}
