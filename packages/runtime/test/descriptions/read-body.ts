/** What a server reads out of the bytes of a body, by the media type that came with it. */
import type { Arrived } from './example-server.ts';

export async function readBody({ headers, body }: Arrived): Promise<unknown> {
  const type = headers['content-type'] ?? '';
  if (body.length === 0) return undefined;
  if (/json/.test(type)) return JSON.parse(body.toString());
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return toValues(new URLSearchParams(body.toString()));
  }
  if (type === 'application/octet-stream') return body.toString('base64');
  if (!type.startsWith('multipart/')) return body.toString();
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const parts = [...form].map(async ([name, part]): Promise<[string, string]> => [
    name,
    typeof part === 'string' ? part : Buffer.from(await part.arrayBuffer()).toString('base64'),
  ]);
  return toValues(await Promise.all(parts));
}

/** By name, each with all its values in order. */
export function toValues(pairs: Iterable<[string, string]>): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  return values;
}
