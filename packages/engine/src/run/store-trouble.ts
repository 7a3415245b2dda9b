import { OattyError } from '@oatty/types';

/** Whether an error is about where runs are kept, not about the run: it is left as it is, and carried on later. */
export function isStoreTrouble(thrown: unknown): boolean {
  const { code } = OattyError.from(thrown);
  return code === 'STORAGE_FAILED' || code === 'STATE_LOCKED';
}
