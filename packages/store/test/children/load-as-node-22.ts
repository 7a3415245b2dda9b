/** Loads SQLite where it is experimental: with the warning that Node 22 gives, and another one after it. */
import { loadSqlite } from '../../src/sqlite/load-sqlite.ts';

const load = process.getBuiltinModule.bind(process);
process.getBuiltinModule = (name: string) => {
  process.emitWarning(
    'SQLite is an experimental feature and might change at any time',
    'ExperimentalWarning',
  );
  return load(name);
};
loadSqlite();
process.emitWarning('Something else is wrong.');
