import { OattyError } from '@oatty/types';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { isInteractive, readStdin } from '../io.ts';
import { ask } from '../output/ask.ts';

const maxSecretBytes = 64 * 1024;

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
  async run(context, input) {
    const name = requiredPositional(input, 0);
    const catalogId = textOption(input, 'catalog');
    const { secrets } = await context.oatty();
    await secrets.set(name, await readValue(context, name), {
      ...(catalogId !== undefined && { catalogId }),
    });
    context.print({ name, catalog_id: catalogId ?? null }, () => `Secret ${name} is set`);
    return undefined;
  },
};

// --- internal ---

/** Never an argument: those are seen in process lists and kept in shell histories. */
async function readValue(context: CliContext, name: string): Promise<string> {
  const answer = isInteractive(context.io)
    ? await ask(context, { message: `Value of ${name}`, secret: true })
    : (await readStdin(context.io, maxSecretBytes))?.replace(/\r?\n$/, '');
  if (typeof answer === 'string' && answer !== '') return answer;
  throw new OattyError('ARGUMENT_INVALID', `No value for secret ${name} on stdin.`, {
    suggestedAction: `Pipe it in: printf %s "$VALUE" | oatty secret set ${name}`,
  });
}
