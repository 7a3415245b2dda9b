/** The bare name of a file that comes as an answer: safe to be put below a directory. */
import type { IncomingResponse } from '../transport/send-request.ts';

/** From `Content-Disposition`, else the last part of the path, else `download`. */
export function toFileName({ headers, url }: Pick<IncomingResponse, 'headers' | 'url'>): string {
  const disposition = headers['content-disposition'] ?? '';
  const extended = /filename\*=(?:utf-8)''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const candidates = [extended && decode(extended), plain, decode(url.pathname)];
  return candidates.map((candidate) => toBareName(candidate ?? '')).find((name) => name !== '') ?? 'download';
}

// --- internal ---

const maxLength = 128;

function toBareName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, '')
    .replace(/^[.\s]+/, '')
    .slice(-maxLength)
    .trim();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
