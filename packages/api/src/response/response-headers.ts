/** Which headers of an answer are shown. Cookies are credentials and never are. */
import type { Redactor } from '../redaction/redact.ts';

type Headers = Readonly<Record<string, string>>;

export function listResultHeaders(headers: Headers, redactor: Redactor): Headers {
  const shown: [string, string][] = [];
  for (const [name, value] of Object.entries(headers))
    if (name !== 'set-cookie') shown.push([name, redactor.text(value)]);
  return Object.fromEntries(shown);
}

/** What helps to understand an error, or to act on it. */
export function selectErrorHeaders(headers: Headers, redactor: Redactor): Headers {
  const selected = Object.entries(headers).filter(([name]) => selectedHeaders.test(name));
  return Object.fromEntries(
    selected.map(([name, value]) => [name, redactor.text(toShownValue(name, value))]),
  );
}

// --- internal ---

const selectedHeaders =
  /^(?:retry-after|content-type|(?:x-)?request-id|x-correlation-id|www-authenticate|(?:x-)?ratelimit.*|allow|deprecation|sunset)$/;

const maxHeaderLength = 256;

/** Of a challenge only the schemes: `Bearer realm="…"` → `Bearer`. */
function toShownValue(name: string, value: string): string {
  if (name !== 'www-authenticate') return value.slice(0, maxHeaderLength);
  const schemes = value.matchAll(/(?:^|,)\s*([A-Za-z][A-Za-z0-9-]*)(?=\s|,|$)(?!\s*=)/g);
  return [...schemes]
    .map(([, scheme]) => scheme)
    .join(', ')
    .slice(0, maxHeaderLength);
}
