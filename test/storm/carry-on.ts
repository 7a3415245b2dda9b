import { OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { isAway } from './weather.ts';
import { tell } from './world.ts';
import type { Process, World } from './world.ts';

/** @returns the run when it rests; `undefined` when it cannot be carried on here */
export async function carryOn(
  world: World,
  process: Process,
  runId: string,
): Promise<RunDocument | undefined> {
  const { name, engine } = process;
  try {
    const run = await engine.runner.execute(runId);
    tell(world, `${name} rests ${runId}: ${run.status}`);
    return run;
  } catch (thrown) {
    const error = OattyError.from(thrown);
    const { code, message } = error;
    tell(world, `${name} lets go of ${runId}: ${message}`);
    const isTaken = code === 'RUN_STATE_CONFLICT' || code === 'RUN_NOT_FOUND'; // or it was removed
    if (!isTaken && !isAway(error))
      world.offences.push(`${name} cannot carry on ${runId}: ${code} ${message}`);
    return undefined;
  }
}
