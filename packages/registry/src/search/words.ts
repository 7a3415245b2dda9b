/**
 * Text → the words that search compares.
 *
 * W1. Words are lower case, split at punctuation and inside camelCase: `paymentIntents` → `payment`, `intents`.
 * W2. Markup is no text: HTML tags, code marks and link targets are dropped.
 * W3. A stem stands for its inflections: `repositories` → `repository`, `cancelled` → `cancel`,
 *     `creation` and `create` → `creat`. Stems only have to agree with each other; nobody sees them.
 * W4. British and American spelling have one stem: `authorise`, `colour`, `centre`, `catalogue`, `licence`, `fulfilment`.
 */

/** The words of a text or an identifier, in order, not yet stemmed. */
export function toWords(text: string): string[] {
  return text.replaceAll(camelBoundary, '$& ').toLowerCase().match(wordPattern) ?? [];
}

/** The first `maxChars` characters of a description, without its markdown and HTML. */
export function toPlainText(markup: string, maxChars: number): string {
  const start = markup.length > maxChars * 2 ? markup.slice(0, maxChars * 2) : markup;
  return markupSign.test(start)
    ? start.replaceAll(markupPattern, ' ').slice(0, maxChars)
    : start.slice(0, maxChars);
}

/** The stem of one word, by a few suffix rules. */
export function toStem(word: string): string {
  if (word.length < 4) return word;
  return foldSpelling(stripEnding(stripParticiple(stripPlural(word))));
}

// --- internal ---

const camelBoundary = /[\p{Ll}\d](?=\p{Lu})|\p{Lu}(?=\p{Lu}\p{Ll})/gu;
const wordPattern = /[\p{L}\p{N}]+/gu;

const markupSign = /[<&]|\]\(|:\/\/|['’]s/;
/** Tags, targets of links, entities, addresses, and the `'s` of a possessive. */
const markupPattern = /<[^<>]*>|(?<=\])\([^()]*\)|&[a-z]{2,8};|https?:\S+|['’]s\b/g;

function stripPlural(word: string): string {
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ss|x|ch|sh|z)es$/.test(word)) return word.slice(0, -2);
  return /[^siu]s$/.test(word) ? word.slice(0, -1) : word;
}

function stripParticiple(word: string): string {
  const stem = word.endsWith('ing') ? word.slice(0, -3) : word.endsWith('ed') ? word.slice(0, -2) : word;
  if (stem === word || stem.length < 3 || !/[aeiouy]/.test(stem)) return word;
  return stem.length > 4 && /([bdfglmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

function stripEnding(word: string): string {
  if (word.length > 8 && word.endsWith('ification')) return `${word.slice(0, -7)}y`;
  if (word.length > 8 && /i[sz]ation$/.test(word)) return word.slice(0, -5);
  if (word.length > 8 && word.endsWith('ellation')) return word.slice(0, -6);
  if (word.length > 6 && /[st]ion$/.test(word)) return word.slice(0, -3);
  if (word.length > 6 && word.endsWith('ee')) return word.slice(0, -2);
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}

/** W4, in what is left of a word without its ending. */
function foldSpelling(stem: string): string {
  return stem
    .replace(/(?<=[a-z]{2}i|ly)s$/, 'z')
    .replace(/(?<=[a-z]{2})our$/, 'or')
    .replace(/(?<=[a-z]{2})tr$/, 'ter')
    .replace(/ogu$/, 'og')
    .replace(/enc$/, 'ens')
    .replace(/gramm$/, 'gram')
    .replace(/llment$/, 'lment');
}
