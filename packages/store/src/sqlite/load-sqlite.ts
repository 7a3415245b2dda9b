/**
 * Node's own SQLite.
 *
 * Node 22 calls it experimental on stderr, at the moment it is loaded; that one warning is swallowed, since what we use
 * of it is stable in Node 24. This can go when Node 22 does.
 */
import type * as sqlite from 'node:sqlite';

export function loadSqlite(): typeof sqlite {
  // oxlint-disable-next-line typescript/unbound-method -- put back as it was
  const { emitWarning } = process;
  try {
    process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
      if (!String(warning).startsWith('SQLite is an experimental feature')) {
        Reflect.apply(emitWarning, process, [warning, ...rest]);
      }
    };
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
