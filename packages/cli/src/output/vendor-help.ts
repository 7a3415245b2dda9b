/** `oatty shop --help`: the commands of a vendor. */
import type { Commands } from '@oatty/runtime';
import { toCallWords } from '../command-table.ts';
import { toTable } from './table.ts';
import type { TextStyle } from './text-style.ts';

export async function toVendorHelp(
  commands: Commands,
  vendor: string,
  { width }: TextStyle,
): Promise<string> {
  const rows: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await commands.list({ vendor, ...(cursor !== undefined && { cursor }) });
    rows.push(...page.items.map(({ id, effect, summary }) => [id, effect, summary]));
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  const call = toCallWords(vendor);
  return [
    `Usage: oatty ${call} <command> [positionals] [--flag value]`,
    '',
    toTable(['COMMAND', 'EFFECT', 'SUMMARY'], rows, { width }),
    '',
    `More: oatty ${call} <command> --help`,
  ].join('\n');
}
