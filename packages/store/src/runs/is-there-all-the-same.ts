import type { Lease } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import { first, sql } from '@oatty/types/sql';
import type { Database } from '../database.ts';
import { lineOwner } from '../schema/queue-tables.ts';

/**
 * A connection that is lost before the answer has come leaves open whether the run was made: one that is there would
 * run though its caller was told that it does not.
 *
 * @throws `thrown` when it is not there, or nobody knows
 */
export async function isThereAllTheSame(
  database: Database,
  runId: string,
  lease: Lease | undefined,
  thrown: unknown,
): Promise<true> {
  if (OattyError.from(thrown).code !== 'STORAGE_FAILED') throw thrown;
  const found = await database
    .run(() =>
      first<{ readonly lease_owner: string | null }>(
        sql`SELECT lease_owner FROM runs WHERE run_id = ${runId}`,
      ),
    )
    .catch(() => undefined);
  const isOurs = found !== undefined && [lease?.owner ?? null, lineOwner].includes(found.lease_owner);
  if (!isOurs) throw thrown;
  return true;
}
