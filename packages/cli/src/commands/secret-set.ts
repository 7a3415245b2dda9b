import { OattyError } from '@oatty/types';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { ask } from '../input/ask.ts';
import { readStdin } from '../input/text-source.ts';
import { isInteractive } from '../io.ts';

export const command: CliCommand = {
  path: 'secret set',
  summary: 'Keep a secret in the keychain; the value is asked for, or read from stdin.',
  positionals: [
    { name: 'NAME', required: true, description: 'Name, as in ${secret:NAME} and secrets.NAME.' },
  ],
  options: {
    catalog: {
      type: 'string',
      value: 'ID',
      description: 'Allow manifests to use it with the commands of this catalog.',
    },
  },
  examples: [
    'oatty secret set SHOP_TOKEN',
    'pass shop/token | oatty secret set SHOP_TOKEN --catalog shop-api',
  ],
  async run(context, input) {
    const name = requiredPositional(input, 0);
    const catalogId = textOption(input, 'catalog');
    const { secrets } = await context.oatty();
    const value = isInteractive(context.io)
      ? () => askForValue(context, name)
      : await readPipe(context, name);
    await secrets.set(name, value, {
      ...(catalogId !== undefined && { catalogId }),
    });
    context.print({ name, catalog_id: catalogId ?? null }, () => `Secret ${name} is set`);
    return 0;
  },
};

// --- internal ---

const maxSecretBytes = 64 * 1024;

// Never an argument: those are seen in process lists and kept in shell histories.

async function askForValue(context: CliContext, name: string): Promise<string> {
  return requireValue(await ask(context, { message: `Value of ${name}`, secret: true }), name);
}

/** One line break at the end is the pipe's, not the secret's. */
async function readPipe({ io }: CliContext, name: string): Promise<string> {
  const text = await readStdin(io, { maxBytes: maxSecretBytes, what: 'a secret' });
  return requireValue(text.replace(/\r?\n$/, ''), name);
}

function requireValue(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new OattyError('ARGUMENT_INVALID', `No value for secret ${name} on stdin.`, {
    suggestedAction: `Pipe it in: printf %s "$VALUE" | oatty secret set ${name}`,
  });
}
