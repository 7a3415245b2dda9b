/** What went well, but not perfectly: on stderr, and only the first, since a large description has hundreds. */
import type { CliContext } from '../cli-command.ts';
import { toPrintable } from './printable.ts';

export type Warning = string | { readonly path: string; readonly message: string };

/** With `--json` nothing is shown: the document has them. */
export function showWarnings(context: CliContext, warnings: readonly Warning[]): void {
  const { flags, stderrStyle } = context;
  if (flags.json || warnings.length === 0) return;
  const shown = flags.verbose ? warnings : warnings.slice(0, maxShown);
  const left = warnings.length - shown.length;
  const texts = shown.map((warning) =>
    typeof warning === 'string' ? warning : `${warning.path}: ${warning.message}`,
  );
  if (left > 0) texts.push(`${left} more; --verbose shows them all.`);
  for (const text of texts) context.note(`${stderrStyle.paint.yellow('warning:')} ${toPrintable(text)}`);
}

// --- internal ---

const maxShown = 10;
