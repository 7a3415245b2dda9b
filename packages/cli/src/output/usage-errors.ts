/** Calls that name no command. */
import { nearestNames, OattyError } from '@oatty/types';
import { nearestFlags } from '../arguments/nearest-flags.ts';
import { globalOptions } from '../arguments/global-flags.ts';
import { firstWords, wordsOfGroup } from '../command-table.ts';

/** `oatty workflow`, `oatty workflow lsit` */
export function unknownInGroup(group: string, word: string | undefined): OattyError {
  const words = wordsOfGroup(group);
  if (word === undefined) {
    return usageError(`oatty ${group} needs a command.`, `Use one of: ${words.join(', ')}.`);
  }
  const [nearest] = nearestNames(word, words);
  const nothingNear =
    group === 'workflow'
      ? `To run a workflow of that name: oatty run ${word}`
      : `Use one of: ${words.join(', ')}.`;
  return usageError(
    `oatty ${group} has no command "${word}".`,
    nearest === undefined ? nothingNear : `Did you mean oatty ${group} ${nearest}?`,
  );
}

/** `oatty --jsno` */
export function unknownStart(args: readonly string[]): OattyError {
  const known = [...Object.keys(globalOptions), 'version'];
  const option = args.find((arg) => arg.startsWith('-') && !known.includes(arg.slice(2)));
  if (option === undefined) return usageError('oatty needs a command.', 'See oatty --help.');
  return usageError(`oatty has no option ${option}.`, nearestFlags(option, known) ?? 'See oatty --help.');
}

/**
 * `oatty improt`, `oatty shpo`
 *
 * @param vendors - of the catalogs that are there
 * @param advice - what makes the vendor be there
 */
export function unknownWord(word: string, vendors: readonly string[], advice?: string): OattyError {
  const [nearest] = nearestNames(word, [...firstWords, ...vendors]);
  return usageError(
    `"${word}" is neither a command of oatty nor a vendor.`,
    advice ??
      (nearest === undefined
        ? 'See oatty --help, and oatty catalog list for vendors.'
        : `Did you mean oatty ${nearest}?`),
  );
}

/** `oatty shop` */
export function vendorAlone(vendor: string): OattyError {
  return usageError(`oatty ${vendor} needs a command.`, `See oatty ${vendor} --help for its commands.`);
}

// --- internal ---

function usageError(message: string, suggestedAction: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, { suggestedAction });
}
