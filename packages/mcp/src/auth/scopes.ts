/**
 * Scopes, and what they allow.
 *
 *   C1. Three say what may be done; a higher one includes the lower ones.
 *   C2. One says whose: it lets a caller see what belongs to others. It neither includes one of the three nor is in one,
 *       so that somebody may look at everything and change nothing.
 *   C3. A challenge names every scope of the operation, so that one more token is enough.
 */
import type { Caller, Effect } from '@oatty/types';

/** By what they allow, least first. */
export const scopes = {
  safe: 'oatty:read',
  standard: 'oatty:write',
  destructive: 'oatty:destructive',
} as const;

/** C2 */
export const adminScope = 'oatty:admin';

export function isGranted(effect: Effect, granted: readonly string[]): boolean {
  return levels.slice(levels.indexOf(effect)).some((level) => granted.includes(scopes[level]));
}

/** The most that a caller with these scopes may make the server do. */
export function grantedEffect(granted: readonly string[]): Effect | undefined {
  return levels.findLast((level) => granted.includes(scopes[level]));
}

/** Who makes one call: a session goes on when the next token allows more, or less. */
export function toCaller(caller: Caller, granted: readonly string[] | undefined): Caller {
  return granted?.includes(adminScope) === true ? { ...caller, role: 'admin' } : caller;
}

/** `oatty:read oatty:write` */
export function toScopeText(effect: Effect): string {
  return levels
    .slice(0, levels.indexOf(effect) + 1)
    .map((level) => scopes[level])
    .join(' ');
}

// --- internal ---

const levels: readonly Effect[] = ['safe', 'standard', 'destructive'];
