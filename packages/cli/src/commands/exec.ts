import { OattyError } from '@oatty/types';
import type { Command, CommandResult, Effect } from '@oatty/types';
import type { CommandDocument, Oatty } from '@oatty/runtime';
import { asksForHelp } from '../arguments/global-flags.ts';
import { commandOptions, parseCommandArguments } from '../arguments/parse-command-arguments.ts';
import type { CommandInput } from '../arguments/parse-command-arguments.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { confirm } from '../input/ask.ts';
import { readRequestBody } from '../input/request-body.ts';
import { toCommandHelp, toUsage } from '../output/command-help.ts';
import { showErrorResponse, showResult, toRequestText } from '../output/command-result.ts';
import { unknownWord, vendorAlone } from '../output/usage-errors.ts';
import { toVendorHelp } from '../output/vendor-help.ts';

export const command: CliCommand = {
  path: 'exec',
  summary: 'Run one imported command; the word exec may be left out.',
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
  options: commandOptions,
  examples: [
    'oatty shop orders:list --status open',
    'oatty shop orders:info ord_1 --json',
    `oatty shop orders:create --body '{"customer": "cus_1"}'`,
    'oatty shop orders:create --help',
  ],
  passThrough: true,
  async run(context, { positionals: [vendor = '', ...args] }) {
    const oatty = await context.oatty();
    const [name, ...rest] = args;
    if (name === undefined || name.startsWith('-')) return runVendorAlone(context, oatty, vendor, args);
    const found = await findImported(oatty, vendor, name);
    if (asksForHelp(rest)) {
      context.io.stdout.write(`${toCommandHelp(found)}\n`);
      return 0;
    }
    const input = parseCommandArguments(found.command, found.schemas, rest);
    const call: Call = {
      with: input.with,
      ...(input.body !== undefined && {
        body: await readRequestBody(context.io, input.body, found.command.body?.media_type),
      }),
    };
    return input.dryRun
      ? showRequest(context, oatty, found, call)
      : runCommand(context, oatty, found, input, call);
  },
};

// --- internal ---

type Call = { readonly with: CommandInput['with']; readonly body?: unknown };

async function runVendorAlone(
  context: CliContext,
  oatty: Oatty,
  vendor: string,
  rest: readonly string[],
): Promise<number> {
  const vendors = await listVendors(oatty);
  if (asksForHelp(rest) && vendors.includes(vendor)) {
    context.io.stdout.write(`${await toVendorHelp(oatty.commands, vendor, context.stdoutStyle)}\n`);
    return 0;
  }
  throw vendors.includes(vendor) ? vendorAlone(vendor) : await unknownVendor(vendor, vendors);
}

async function findImported(oatty: Oatty, vendor: string, name: string): Promise<CommandDocument> {
  try {
    return await oatty.commands.get(`${vendor} ${name}`);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.code !== 'COMMAND_NOT_FOUND') throw error;
    const vendors = await listVendors(oatty);
    throw vendors.includes(vendor) ? error : await unknownVendor(vendor, vendors);
  }
}

async function unknownVendor(vendor: string, vendors: readonly string[]): Promise<OattyError> {
  const { adviseOnBundled } = await import('@oatty/runtime');
  const known = vendors.map((name) => ({ vendor: name }));
  return unknownWord(vendor, vendors, adviseOnBundled(vendor, known));
}

async function listVendors({ catalogs }: Oatty): Promise<readonly string[]> {
  const { items } = await catalogs.list();
  return [...new Set(['workflow', ...items.map(({ vendor }) => vendor)])];
}

async function runCommand(
  context: CliContext,
  { commands }: Oatty,
  { command: target }: CommandDocument,
  { maxPages }: CommandInput,
  call: Call,
): Promise<number> {
  if (target.effect === 'destructive') await confirm(context, `${target.id} may remove data. Run it?`);
  const run = (maxEffect: Effect) =>
    commands.run(target.id, {
      ...call,
      caller: { principal: 'local', via: 'cli' },
      signal: context.signal,
      maxEffect,
      confirmed: true,
      coerce: true,
      ...(maxPages !== undefined && { maxPages }),
    });
  try {
    const result = await runConfirmed(context, target, run);
    showResult(context, result, target.list_path);
    return 0;
  } catch (thrown) {
    const error = OattyError.from(thrown);
    showErrorResponse(context, error);
    throw error.code === 'ARGUMENT_INVALID' ? withUsage(error, target) : error;
  }
}

/** What the command plans may do more than the command itself; then the person is asked too. */
async function runConfirmed(
  context: CliContext,
  { effect }: Command,
  run: (maxEffect: Effect) => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    return await run(effect);
  } catch (thrown) {
    const { code, message } = OattyError.from(thrown);
    if (code !== 'CONFIRMATION_REQUIRED' || effect !== 'standard') throw thrown;
    await confirm(context, `${message} Plan it?`);
    return run('destructive');
  }
}

/** How the command is called, where its arguments are not what it takes. */
function withUsage({ code, message, options, correlationId }: OattyError, target: Command): OattyError {
  const suggestedAction = `Usage: ${toUsage(target)}; --help tells the rest.`;
  return new OattyError(code, message, { ...options, correlationId, suggestedAction });
}

async function showRequest(
  context: CliContext,
  { commands }: Oatty,
  { command: target }: CommandDocument,
  call: Call,
) {
  const preview = await commands.preview(target.id, { ...call, coerce: true });
  context.print(preview, toRequestText);
  return 0;
}
