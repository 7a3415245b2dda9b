import type { Caller } from '@oatty/types';

/** Who started a run, as the journal keeps it: what people are called is kept nowhere but with the people. */
export function toKeptCaller({ principal, via, role }: Caller): Caller {
  return { principal, via, ...(role !== undefined && { role }) };
}
