import type { InputResolution } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';

/**
 * A provider that must not fail (`on_error: fail`, `on_missing: fail`) ends the start of a run. One that waits for an
 * input which is missing itself has not failed yet.
 *
 * @throws {OattyError} `PROVIDER_FAILED`
 */
export async function refuseFailedProviders(
  { workflow, inputs }: Workflow,
  { missing, provider_resolutions }: InputResolution,
): Promise<void> {
  const failed = provider_resolutions.filter(({ outcome }) => outcome.status === 'error');
  if (failed.length === 0) return;
  const { inputDependencies } = await import('@oatty/engine');
  const isMissing = (name: string) => missing.some(({ input }) => input === name);
  for (const { input, argument, outcome } of failed) {
    if (inputDependencies(inputs?.[input] ?? {}).some(isMissing)) continue;
    const what = argument === null ? 'The provider' : `Argument "${argument}" of the provider`;
    const reason = outcome.reason === undefined ? '' : `: ${outcome.reason.replace(/\.$/, '')}`;
    throw new OattyError('PROVIDER_FAILED', `${what} of input "${input}" failed${reason}.`, {
      context: { workflow_id: workflow, input, ...(argument !== null && { argument }) },
    });
  }
}
