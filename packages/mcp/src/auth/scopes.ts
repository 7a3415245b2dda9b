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

/** Whether a caller has these scopes, be it by a higher one. */
export function areGranted(needed: readonly string[], granted: readonly string[]): boolean {
  return needed.every((scope) => {
    const levels = byLevel.includes(scope) ? byLevel.slice(byLevel.indexOf(scope)) : [scope];
    return levels.some((one) => granted.includes(one));
  });
}

/** The most that a caller with these scopes may make the server do. */
export function grantedEffect(granted: readonly string[]): Effect | undefined {
  return levels.findLast((level) => granted.includes(scopes[level]));
}

/** Who makes one call: a session goes on when the next token allows more, or less. */
export function toCaller(caller: Caller, granted: readonly string[] | undefined): Caller {
  return granted?.includes(adminScope) === true ? { ...caller, role: 'admin' } : caller;
}

/** C3 */
export function toScopes(effect: Effect, isAboutOthers: boolean): readonly string[] {
  return [...byLevel.slice(0, levels.indexOf(effect) + 1), ...(isAboutOthers ? [adminScope] : [])];
}

/** `oatty:read oatty:write` */
export function toScopeText(effect: Effect): string {
  return toScopes(effect, false).join(' ');
}

// --- internal ---

const levels: readonly Effect[] = ['safe', 'standard', 'destructive'];
const byLevel: readonly string[] = levels.map((level) => scopes[level]);
