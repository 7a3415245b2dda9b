import type { Caller } from '@oatty/types';

/** Who calls when nobody says otherwise: the program that opened oatty. */
export const libraryCaller: Caller = { principal: 'local', via: 'library' };
