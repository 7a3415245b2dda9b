import { OattyError } from '@oatty/types';

/** @throws {OattyError} `ARGUMENT_INVALID` for what is no whole number */
export function parseCount(option: string, text: string | undefined, absent: number): number {
  if (text === undefined) return absent;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new OattyError('ARGUMENT_INVALID', `--${option} takes a whole number, not "${text}".`, {
    suggestedAction: `Write --${option} 20, for example.`,
  });
}
