import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';

export const command: CliCommand = {
  path: 'secret bind',
  summary: 'Let manifests use a secret with the commands of a catalog.',
  positionals: [
    {
      name: 'NAME',
      required: true,
      description: 'Name of the secret, in the keychain or in the environment.',
    },
    { name: 'CATALOG', required: true, description: 'Id of the catalog.' },
  ],
  async run(context, input) {
    const [name, catalogId] = [requiredPositional(input, 0), requiredPositional(input, 1)];
    const { secrets } = await context.oatty();
    await secrets.bind(name, catalogId);
    context.print(
      { name, catalog_id: catalogId },
      () => `Manifests may use secrets.${name} with ${catalogId}`,
    );
    return 0;
  },
};
