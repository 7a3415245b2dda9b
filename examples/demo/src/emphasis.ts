/** Bold on a terminal, plain everywhere else. */
export function emphasize(text: string): string {
  return process.stdout.isTTY && !process.env['NO_COLOR'] ? `\u001B[1m${text}\u001B[0m` : text;
}
