/**
 * `OATTY_LOCAL_ROLE=admin` makes the user of this machine an admin for modules; without it nobody is one here.
 *
 * Whoever shares a database with others is one of its users, and sees what belongs to the others only when that is
 * asked for.
 */
import type { CommandExecutor } from '@oatty/engine';
import { libraryCaller } from '../caller.ts';
import type { World } from '../world.ts';

export function withLocalRole(executor: CommandExecutor, { env }: Pick<World, 'env'>): CommandExecutor {
  if (env['OATTY_LOCAL_ROLE']?.trim() !== 'admin') return executor;
  return {
    execute: (call) => {
      const { caller } = call;
      const isLocal = caller.principal === libraryCaller.principal;
      return executor.execute(isLocal ? { ...call, caller: { ...caller, role: 'admin' } } : call);
    },
  };
}
