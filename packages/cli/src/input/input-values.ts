/**
 * Inputs of a workflow as the command line gives them: `--inputs FILE`, then `--input NAME=VALUE` over it.
 *
 * Values of `--input` are text, converted to the type of the input when it is resolved; an input that is given again
 * is a list.
 */
import { OattyError, parseJson } from '@oatty/types';
import type { InputValues } from '@oatty/runtime';
import { collectPairs, parsePair } from '../arguments/option-values.ts';
import { listOption, textOption } from '../cli-command.ts';
import type { CliContext, OptionSpec, ParsedInput } from '../cli-command.ts';
import { readText } from './text-source.ts';

const maxInputBytes = 16 * 1024 * 1024;
/** Enough for honest repetition, too little for a bomb. */
const maxAliases = 100;

export const inputOptions: Readonly<Record<string, OptionSpec>> = {
  input: { type: 'string', value: 'NAME=VALUE', multiple: true, description: 'Value of one input.' },
  inputs: {
    type: 'string',
    value: 'FILE',
    description: 'JSON or YAML file with values of inputs; - for stdin.',
  },
};

export async function readInputs({ io }: CliContext, input: ParsedInput): Promise<InputValues> {
  const path = textOption(input, 'inputs');
  const fromFile = path === undefined ? {} : await readInputsFile(io, path);
  const pairs = listOption(input, 'input').map((text) => parsePair('input', text));
  return { ...fromFile, ...collectPairs(pairs) };
}

// --- internal ---

async function readInputsFile(io: CliContext['io'], path: string): Promise<InputValues> {
  const text = await readText(io, path, { maxBytes: maxInputBytes, what: 'a file of inputs' });
  const value = await parseValues(text, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as InputValues; // names are text
  throw new OattyError('ARGUMENT_INVALID', `${path} holds no object with input names and their values.`, {
    suggestedAction: 'Write one line for each input, such as order_id: ord_1.',
    context: { path },
  });
}

/** JSON is tried first: its parser is there already. */
async function parseValues(text: string, path: string): Promise<unknown> {
  try {
    return parseJson(text);
  } catch {
    const { parse } = await import('yaml');
    try {
      return parse(text, { maxAliasCount: maxAliases, logLevel: 'error' }) as unknown;
    } catch (cause) {
      const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').replace(/:$/, '') : '';
      throw new OattyError('ARGUMENT_INVALID', `${path} is neither JSON nor YAML: ${reason}.`, {
        suggestedAction: 'Correct the file.',
        context: { path },
        cause,
      });
    }
  }
}
