/** A start whose key a run of the queue has already. */
import type { RunRecord } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { World } from '../world.ts';

/**
 * The run that is there, for the one who wanted to start another.
 *
 * @throws {OattyError} what was thrown when it is about something else; without the id of a run that is somebody else's
 */
export async function joinDuplicate(world: World, thrown: unknown, principal: string): Promise<RunRecord> {
  const { readDuplicate } = await import('@oatty/engine');
  const found = await readDuplicate(await world.store(), thrown, principal);
  if (found instanceof OattyError) throw found;
  return found;
}
