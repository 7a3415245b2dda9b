import type { Caller } from '@oatty/types';

/** Who calls when nobody says otherwise: the program that opened oatty. */
export const libraryCaller: Caller = { principal: 'local', via: 'library' };

/** Who has this machine, over whatever way the call comes. */
export function isLocal({ principal }: Pick<Caller, 'principal'>): boolean {
  return principal === libraryCaller.principal;
}
