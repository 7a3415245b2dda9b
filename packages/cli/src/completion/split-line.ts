/** The line up to the cursor → its words, as a shell sees them. The last one is being typed, and may be empty. */
export function splitLine(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote: string | undefined;
  let isEscaped = false;
  for (const character of line) {
    if (isEscaped) {
      word += character;
      isEscaped = false;
    } else if (character === '\\' && quote !== "'") isEscaped = true;
    else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) quote = character;
    else if (quote === undefined && /\s/.test(character)) {
      if (word !== '') words.push(word);
      word = '';
    } else word += character;
  }
  return [...words, word];
}
