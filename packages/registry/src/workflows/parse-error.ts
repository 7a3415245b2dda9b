/** A workflow text that cannot be read, with the place of the flaw. */
import { OattyError } from '@oatty/types';
import type { TextPosition } from './parse-workflow-text.ts';

export function toParseError(
  reason: string,
  { line, column }: TextPosition,
  suggestedAction?: string,
): OattyError {
  const message = `The workflow cannot be read: ${reason} at line ${line}, column ${column}.`;
  return new OattyError('WORKFLOW_PARSE_FAILED', message, {
    ...(suggestedAction !== undefined && { suggestedAction: `At line ${line}: ${suggestedAction}` }),
    context: { line, column },
  });
}
