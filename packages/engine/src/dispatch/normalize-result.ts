/**
 * What an executor gave → what callers, journals and expressions can rely on: JSON of a bounded size.
 *
 * A handler of a module can give anything; what JSON cannot say is turned into what `JSON.stringify` makes of it,
 * so that a result is the same before and after it was stored.
 */
import { OattyError } from '@oatty/types';
import type { Command, CommandResult } from '@oatty/types';

/** @throws {OattyError} `LIMIT_EXCEEDED`, or `RESPONSE_INVALID` for what is no JSON at all */
export function normalizeResult(
  command: Command,
  result: CommandResult,
  limits: { readonly maxOutputBytes: number },
): CommandResult {
  const text = toJson(command, result.body);
  if (exceeds(text, limits.maxOutputBytes)) {
    throw new OattyError(
      'LIMIT_EXCEEDED',
      `The result of "${command.id}" is larger than ${limits.maxOutputBytes} bytes.`,
      {
        suggestedAction: 'Ask for less, with a filter or a page size.',
        context: { command_id: command.id, limit: 'maxOutputBytes', maximum: limits.maxOutputBytes },
      },
    );
  }
  const isJsonAlready = command.execution.kind === 'http' && result.body !== undefined;
  return isJsonAlready ? result : { ...result, body: JSON.parse(text) };
}

// --- internal ---

function toJson(command: Command, body: unknown): string {
  try {
    return JSON.stringify(body) ?? 'null';
  } catch (cause) {
    // A cycle, a BigInt, or nesting beyond what the platform can take.
    throw new OattyError('RESPONSE_INVALID', `The result of "${command.id}" cannot be written as JSON.`, {
      suggestedAction: 'Let the command give plain JSON values.',
      context: { command_id: command.id },
      cause,
    });
  }
}

/** A character takes 1 to 3 bytes of UTF-8, so most texts need no counting. */
function exceeds(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes) return true;
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}
