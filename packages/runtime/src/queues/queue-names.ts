import { OattyError, queueNamePattern } from '@oatty/types';

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function refuseQueueNames(names: readonly string[]): void {
  const wrong = names.find((name) => !queueNamePattern.test(name));
  if (wrong === undefined) return;
  throw new OattyError('ARGUMENT_INVALID', `"${wrong}" is no name of a queue.`, {
    suggestedAction: 'Use 1 to 64 characters of A-Z a-z 0-9 _ -.',
  });
}
