export { join, Sql, sql, toText } from './sql.ts';
export type { SqlValue } from './sql.ts';
export { all, first } from './work.ts';
export type { Row, Work } from './work.ts';
