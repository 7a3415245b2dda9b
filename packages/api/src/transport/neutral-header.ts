/** Headers that say what answer is wanted and nothing about who asks: these may go to any host, and may be shown. */
export function isNeutralHeader(name: string): boolean {
  return neutralHeaders.has(name.toLowerCase());
}

// --- internal ---

const neutralHeaders = new Set(['accept', 'accept-encoding', 'accept-language', 'range', 'user-agent']);
