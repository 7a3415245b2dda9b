/** Walks a JSON value and replaces its strings. Keys stay as they are; the value itself is not changed. */
import { OattyError } from '@oatty/types';
import type { ExpressionLimits } from './expression-limits.ts';
import { expressionLimitExceeded } from './expression-error.ts';

/** @param locate - gives where the string is: `$.items[0].name` */
type Replace = (text: string, locate: () => string) => unknown;

/**
 * @param base - where `value` itself is
 * @throws {OattyError} what `replace` throws, with `location` in its context; `LIMIT_EXCEEDED` for a value that is too deep
 */
export function mapStrings(
  value: unknown,
  base: string,
  limits: ExpressionLimits,
  replace: Replace,
): unknown {
  const keys: (string | number)[] = [];
  const locate = (): string => base + keys.map(toSegment).join('');

  const walkMember = (key: string | number, member: unknown): unknown => {
    keys.push(key);
    const mapped = walk(member);
    keys.pop();
    return mapped;
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return replaceAt(value, locate, replace);
    if (typeof value !== 'object' || value === null) return value;
    if (keys.length >= limits.maxDepth) throw expressionLimitExceeded('maxDepth', limits);
    if (Array.isArray(value)) return value.map((element, index) => walkMember(index, element));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, walkMember(key, member)]));
  };
  return walk(value);
}

// --- internal ---

function replaceAt(text: string, locate: () => string, replace: Replace): unknown {
  try {
    return replace(text, locate);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    throw new OattyError(error.code, error.message, {
      ...error.options,
      context: { ...error.options.context, location: locate() },
      cause: thrown,
    });
  }
}

function toSegment(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`;
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
