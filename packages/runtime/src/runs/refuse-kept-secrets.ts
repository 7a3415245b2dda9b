import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';

/**
 * Values of secret inputs are in no journal, so a run that another process begins cannot have them.
 *
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function refuseKeptSecrets(
  { workflow, inputs }: Workflow,
  given: Readonly<Record<string, unknown>>,
): void {
  const name = Object.keys(given).find((input) => inputs?.[input]?.secret === true);
  if (name === undefined) return;
  throw new OattyError(
    'ARGUMENT_INVALID',
    `Input "${name}" of workflow "${workflow}" is secret, and is not kept.`,
    {
      suggestedAction: 'Let the manifest read it as secrets.NAME instead, and set that secret.',
      context: { workflow_id: workflow, input: name },
    },
  );
}
