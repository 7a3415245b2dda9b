/**
 * Bytes as an argument: `{file: path}` on the caller's disk, or `{base64: text}`.
 *
 * Only places that carry bytes look for these shapes: parts of a multipart body, and bodies that are neither JSON
 * nor a form. Everywhere else an object with a key `file` is an ordinary object.
 */
export type FileValue =
  | { readonly kind: 'path'; readonly path: string; readonly filename?: string; readonly mediaType?: string }
  | {
      readonly kind: 'base64';
      readonly base64: string;
      readonly filename?: string;
      readonly mediaType?: string;
    };

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

// --- internal ---

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
