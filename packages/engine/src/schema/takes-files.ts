import type { Command } from '@oatty/types';

/** Whether properties of the body travel as files do: each is a part of a multipart body. */
export function takesFiles({ body }: Command): boolean {
  return body !== undefined && /^multipart\//i.test(body.media_type);
}
