import type { Caller } from '@oatty/types';

/** Whoever sits at this machine. */
export const cliCaller: Caller = { principal: 'local', via: 'cli' };
