/** What HTTP, and MIME within a body, allow as a header: no line break can make two of one. */
import { OattyError } from '@oatty/types';

/** @throws {OattyError} `ARGUMENT_INVALID` for a name or a value that no header can have */
export function checkHeader(name: string, value: string): void {
  const isName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i.test(name);
  if (isName && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return;
  throw new OattyError(
    'ARGUMENT_INVALID',
    `The header "${name}" has a name or a value that HTTP does not allow.`,
    {
      suggestedAction: 'Take line breaks and characters beyond Latin-1 out of the header.',
      context: { header: name },
    },
  );
}
