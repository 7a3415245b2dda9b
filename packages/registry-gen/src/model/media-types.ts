/** Choosing among the media types of one body. */

/** Whether the content is JSON, or said to be anything (which is JSON for every API that says so). */
export function isJsonMediaType(mediaType: string): boolean {
  return rankOf(mediaType) <= jsonRank;
}

/** Best to build first; equals stay in the order of the document. */
export function byPreference(mediaTypes: Iterable<string>): string[] {
  return [...mediaTypes].sort((a, b) => rankOf(a) - rankOf(b));
}

/** What is sent for a media type of the description: wildcards become JSON. */
export function toConcrete(mediaType: string): string {
  return mediaType === '*/*' || mediaType === 'application/*' ? 'application/json' : mediaType;
}

// --- internal ---

const jsonRank = 2;

function rankOf(mediaType: string): number {
  const [essence = ''] = mediaType.toLowerCase().split(';', 1);
  const name = essence.trim();
  if (name === 'application/json') return 0;
  if (name.endsWith('+json') || name === 'text/json') return 1;
  if (name === '*/*' || name === 'application/*') return jsonRank;
  if (name === 'application/x-www-form-urlencoded') return 3;
  if (name === 'multipart/form-data') return 4;
  if (name.startsWith('text/')) return 5;
  if (name === 'application/octet-stream') return 6;
  return 7;
}
