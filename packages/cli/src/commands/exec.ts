/** `oatty <vendor> <command>`: runs one imported command. */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OattyError } from '@oatty/types';
import type { CommandResult } from '@oatty/types';
import type { CommandDocument, RequestPreview } from '@oatty/runtime';
import { commandOptions, parseCommandArguments } from '../arguments/parse-command-arguments.ts';
import type { CommandInput } from '../arguments/parse-command-arguments.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { readStdin } from '../io.ts';
import { confirm } from '../output/ask.ts';
import { toCommandHelp } from '../output/command-help.ts';
import { toReadableValue } from '../output/value.ts';
import { parseCount } from './search.ts';

const maxBodyBytes = 32 * 1024 * 1024;

export const command: CliCommand = {
  path: 'exec',
  summary: 'Run one imported command; "exec" may be left out.',
  positionals: [
    { name: 'VENDOR', required: true, description: 'First word of the command id.' },
    { name: 'COMMAND', required: true, description: 'The rest of it; oatty search finds it.' },
    {
      name: 'POSITIONAL',
      required: false,
      variadic: true,
      description: 'Path parameters, in the order of the path.',
    },
  ],
  options: Object.fromEntries(
    Object.entries(commandOptions).map(([name, description]) => [
      name.split(' ')[0]?.slice(2) ?? name,
      name.includes(' ')
        ? { type: 'string' as const, value: name.split(' ')[1] ?? '', description }
        : { type: 'boolean' as const, description },
    ]),
  ),
  examples: [
    'oatty shop orders:list --status open',
    'oatty shop orders:info ord_1 --json',
    `oatty shop orders:create --body '{"customer": "cus_1"}'`,
  ],
  async run() {
    // The words of an imported command are its own: run-cli hands them to runCatalogCommand as they are.
    return undefined;
  },
};

export async function runCatalogCommand(
  context: CliContext,
  args: readonly string[],
): Promise<number | undefined> {
  const { words, rest } = splitWords(args);
  const { commands } = await context.oatty();
  const found = await commands.get(words.join(' '));
  if (rest.includes('--help')) {
    context.io.stdout.write(`${toCommandHelp(found)}\n`);
    return 0;
  }
  const input = parseCommandArguments(found.command, found.schemas, rest);
  const body = input.body === undefined ? {} : { body: await readBody(context, input.body) };
  return input.dryRun ? showRequest(context, found, input, body) : runFound(context, found, input, body);
}

// --- internal ---

type Body = { readonly body?: unknown };

async function runFound(context: CliContext, found: CommandDocument, input: CommandInput, body: Body) {
  const { command: target } = found;
  if (target.effect === 'destructive') await confirm(context, `${target.id} may remove data. Run it?`);
  const maxPages = parseCount('max-pages', input.maxPages);
  const { commands } = await context.oatty();
  try {
    const result = await commands.run(target.id, {
      with: input.with,
      ...body,
      caller: { principal: 'local', via: 'cli' },
      signal: context.signal,
      confirmed: true,
      coerce: true,
      ...(maxPages !== undefined && { maxPages }),
    });
    context.print(result, (answer) => toReadableValue(answer.body, context.io.stdout.columns ?? 0));
    return 0;
  } catch (thrown) {
    return showHttpError(context, OattyError.from(thrown));
  }
}

async function showRequest(
  context: CliContext,
  { command: target }: CommandDocument,
  input: CommandInput,
  body: Body,
) {
  const { commands } = await context.oatty();
  const preview = await commands.preview(target.id, { with: input.with, ...body, coerce: true });
  context.print(preview, toRequestText);
  return 0;
}

function toRequestText({ method, url, headers, body }: RequestPreview): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text =
    body === null || body === undefined
      ? []
      : ['', typeof body === 'string' ? body : JSON.stringify(body, null, 2)];
  return [`${method} ${url}`, ...lines, ...text].join('\n');
}

/** An HTTP error is a result too: with `--json` stdout has the answer of the API. */
function showHttpError(context: CliContext, error: OattyError): number {
  const { status, headers } = error.options.context ?? {};
  if (error.code !== 'HTTP_ERROR' || typeof status !== 'number') throw error;
  const result: CommandResult = {
    status,
    headers: (headers ?? {}) as CommandResult['headers'], // UpstreamError puts them there
    body: error.options.responsePayload ?? null,
  };
  if (context.flags.json) context.print(result, () => '');
  throw error;
}

/** Vendor and command are the first two words; `exec` before them says nothing. Global flags may come first. */
function splitWords(args: readonly string[]): { words: string[]; rest: string[] } {
  const rest = [...args];
  const words: string[] = [];
  const leading: string[] = [];
  while (rest.length > 0 && words.length < 2) {
    const word = rest[0] ?? '';
    if (word.startsWith('-') && words.length > 0) break;
    rest.shift();
    if (word.startsWith('-')) leading.push(word);
    else if (!(word === 'exec' && words.length === 0)) words.push(word);
  }
  return { words, rest: [...leading, ...rest] };
}

async function readBody(context: CliContext, text: string): Promise<unknown> {
  const source =
    text === '-'
      ? await readStdin(context.io, maxBodyBytes)
      : text.startsWith('@')
        ? await readBodyFile(context, text.slice(1))
        : text;
  if (source === undefined) throw tooLarge('standard input');
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    const looksLikeJson = /^\s*[{["]/.test(source);
    if (!looksLikeJson) return source; // a text body
    throw new OattyError('ARGUMENT_INVALID', '--body is not valid JSON.', {
      suggestedAction: 'Correct the JSON, or read it from a file with --body @FILE.',
      cause: error,
    });
  }
}

async function readBodyFile(context: CliContext, path: string): Promise<string> {
  const absolute = resolve(context.io.cwd, path);
  try {
    if ((await stat(absolute)).size > maxBodyBytes) throw tooLarge(path);
    return await readFile(absolute, 'utf8');
  } catch (error) {
    if (error instanceof OattyError) throw error;
    throw new OattyError('SOURCE_NOT_FOUND', `The body file ${path} cannot be read.`, {
      context: { path },
      cause: error,
    });
  }
}

function tooLarge(path: string): OattyError {
  return new OattyError('LIMIT_EXCEEDED', `${path} is larger than a body may be (${maxBodyBytes} bytes).`, {
    context: { path, max_bytes: maxBodyBytes },
  });
}
