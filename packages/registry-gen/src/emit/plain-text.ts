/** Words of a description made short enough for lists and plain enough for terminals. */

/** One line without markup, at most `maxLength` characters. */
export function toPlainLine(text: string, maxLength: number): string {
  const start = text.slice(0, maxLength * 4); // bounds the work
  const plain = /[<[`*#]/.test(start) ? withoutMarkup(start) : start;
  return truncate(plain.replaceAll(/\s+/g, ' ').trim(), maxLength);
}

/** The first paragraph, as far as its first sentence. */
export function firstSentence(text: string): string {
  const [paragraph = ''] = text.trim().split(/\n\s*\n/, 1);
  const end = /[.!?](?=\s)/.exec(paragraph)?.index;
  return end === undefined ? paragraph : paragraph.slice(0, end + 1);
}

export function truncate(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1).trimEnd()}…`;
}

// --- internal ---

/** Tags go, links keep their text, signs of emphasis, code and headings go. */
function withoutMarkup(text: string): string {
  return text
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replaceAll(/[`*]+|^#+\s|\n#+\s/g, ' ');
}
