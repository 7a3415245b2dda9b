/** Inputs of a workflow as the command line gives them: `--inputs FILE`, then `--input NAME=VALUE` over it. */
import { OattyError } from '@oatty/types';
import type { InputValues } from '@oatty/runtime';
import { parsePair } from '../arguments/parse-arguments.ts';
import { listOption, textOption } from '../cli-command.ts';
import type { CliContext, OptionSpec, ParsedInput } from '../cli-command.ts';
import { readManifest } from './manifest-file.ts';

export const inputOptions: Readonly<Record<string, OptionSpec>> = {
  input: { type: 'string', value: 'NAME=VALUE', multiple: true, description: 'Value of one input.' },
  inputs: {
    type: 'string',
    value: 'FILE',
    description: 'JSON or YAML file with values of inputs; - for stdin.',
  },
};

export async function readInputs(context: CliContext, input: ParsedInput): Promise<InputValues> {
  const file = textOption(input, 'inputs');
  const fromFile = file === undefined ? {} : await readInputsFile(context, file);
  const pairs = listOption(input, 'input').map((text) => parsePair('input', text));
  return { ...fromFile, ...Object.fromEntries(pairs) };
}

// --- internal ---

async function readInputsFile(context: CliContext, path: string): Promise<InputValues> {
  const { manifest: text } = await readManifest(context, path);
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new OattyError('ARGUMENT_INVALID', `${path} is neither JSON nor YAML.`, {
      context: { path },
      cause: error,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as InputValues; // keys are text in YAML's core schema
  throw new OattyError('ARGUMENT_INVALID', `${path} must hold an object: input names and their values.`, {
    context: { path },
  });
}
