import { OattyError } from '@oatty/types';
import type { CatalogCredential } from '@oatty/types';
import { parsePair } from '../arguments/option-values.ts';
import { isSet, listOption, requiredPositional } from '../cli-command.ts';
import type { CliCommand, ParsedInput } from '../cli-command.ts';
import { toSettingsText } from '../output/catalog-settings-text.ts';

export const command: CliCommand = {
  path: 'catalog auth',
  summary: 'Set the credentials of a security scheme of a catalog.',
  positionals: [
    { name: 'ID', required: true, description: 'Id of the catalog.' },
    {
      name: 'SCHEME',
      required: true,
      description: 'Name of the security scheme; oatty catalog show lists them.',
    },
  ],
  options: {
    set: {
      type: 'string',
      value: 'FIELD=VALUE',
      multiple: true,
      description:
        'FIELD is value; or username and password; or client_id and client_secret. VALUE may refer to ${env:NAME} or ${secret:NAME}.',
    },
    unset: { type: 'boolean', description: 'Forget the credentials.' },
  },
  examples: [
    "oatty catalog auth shop-api apiKey --set 'value=${env:SHOP_API_KEY}'",
    "oatty catalog auth museum Basic --set username=ada --set 'password=${secret:MUSEUM_PASSWORD}'",
  ],
  async run(context, input) {
    const [id, scheme] = [requiredPositional(input, 0), requiredPositional(input, 1)];
    const credential = readCredential(input);
    const { catalogs } = await context.oatty();
    const document = await catalogs.setAuth(id, scheme, credential);
    context.print(document, toSettingsText);
    return 0;
  },
};

// --- internal ---

/** `undefined` forgets what is set. */
function readCredential(input: ParsedInput): CatalogCredential | undefined {
  const fields: Readonly<Record<string, string>> = Object.fromEntries(
    listOption(input, 'set').map((text) => parsePair('set', text)),
  );
  const { value, username, password, client_id, client_secret } = fields;
  const count = Object.keys(fields).length;
  if (isSet(input, 'unset') && count === 0) return undefined;
  if (isSet(input, 'unset')) throw incomplete('--set and --unset do not go together.', fields);
  if (value !== undefined && count === 1) return { value };
  if (username !== undefined && password !== undefined && count === 2) return { username, password };
  if (client_id !== undefined && client_secret !== undefined && count === 2)
    return { client_id, client_secret };
  throw incomplete('The credentials are not complete, or are of more than one kind.', fields);
}

function incomplete(message: string, fields: Readonly<Record<string, string>>): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: 'Set value; or username and password; or client_id and client_secret.',
    context: { fields: Object.keys(fields) },
  });
}
