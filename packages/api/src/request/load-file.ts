/** The bytes behind a file value: read from the caller's disk, or decoded. */
import { OattyError } from '@oatty/types';
import type { FileValue } from '@oatty/types';
import type { HttpCall, LocalFile } from '../http-call.ts';

export interface FilePorts {
  readonly readFile: HttpCall['readFile'] | undefined;
  readonly maxRequestBytes: number;
}

/**
 * @throws {OattyError} `PATH_NOT_ALLOWED` where no files may be read, `ARGUMENT_INVALID` for text that is not base64.
 */
export async function loadFile(
  value: FileValue,
  { readFile, maxRequestBytes }: FilePorts,
): Promise<LocalFile> {
  const named = {
    ...(value.filename !== undefined && { name: value.filename }),
    ...(value.mediaType !== undefined && { mediaType: value.mediaType }),
  };
  if (value.kind === 'base64') return { name: 'file', bytes: decodeBase64(value.base64), ...named };
  if (readFile === undefined) {
    throw new OattyError(
      'PATH_NOT_ALLOWED',
      `The file "${value.path}" cannot be read: this caller gives no files.`,
      {
        suggestedAction: 'Give the content as {"base64": "…"} instead of a path.',
      },
    );
  }
  return { ...(await readFile(value.path, maxRequestBytes)), ...named };
}

// --- internal ---

function decodeBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replaceAll(/\s/g, ''))) {
    throw new OattyError('ARGUMENT_INVALID', 'The value of "base64" is not base64.');
  }
  return Buffer.from(text, 'base64');
}
