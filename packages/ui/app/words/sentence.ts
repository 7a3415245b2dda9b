/** A name of a program as words for people: `create_issue` → `Create issue`. */
export function toSentence(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
