/**
 * Bytes as an argument: `{file: path}` on the caller's disk, or `{base64: text}`.
 *
 * Only places that carry bytes look for these shapes: parts of a multipart body, and bodies that are neither JSON
 * nor a form. Everywhere else an object with a key `file` is an ordinary object.
 */
import { OattyError } from '@oatty/types';
import type { HttpCall, LocalFile } from '../http-call.ts';

export type FileValue =
  | { readonly kind: 'path'; readonly path: string; readonly filename?: string; readonly mediaType?: string }
  | {
      readonly kind: 'base64';
      readonly base64: string;
      readonly filename?: string;
      readonly mediaType?: string;
    };

export interface FilePorts {
  readonly readFile: HttpCall['readFile'] | undefined;
  readonly maxRequestBytes: number;
}

/** `undefined` for whatever does not have exactly one of the two shapes. */
export function toFileValue(value: unknown): FileValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { file, base64, filename, media_type: mediaType, ...rest } = value as Record<string, unknown>;
  if (Object.keys(rest).length > 0 || !isOptionalText(filename) || !isOptionalText(mediaType))
    return undefined;
  const details = {
    ...(filename !== undefined && { filename }),
    ...(mediaType !== undefined && { mediaType }),
  };
  if (typeof file === 'string' && base64 === undefined) return { kind: 'path', path: file, ...details };
  if (typeof base64 === 'string' && file === undefined) return { kind: 'base64', base64, ...details };
  return undefined;
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

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function decodeBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text.replaceAll(/\s/g, ''))) {
    throw new OattyError('ARGUMENT_INVALID', 'The value of "base64" is not base64.');
  }
  return Buffer.from(text, 'base64');
}
