/**
 * Scopes, and what they allow.
 *
 *   C1. A higher scope includes the lower ones.
 *   C2. A challenge names every scope of the operation, so that one more token is enough.
 */
import type { Effect } from '@oatty/types';

/** By what they allow, least first. */
export const scopes = {
  safe: 'oatty:read',
  standard: 'oatty:write',
  destructive: 'oatty:destructive',
} as const;

export function isGranted(effect: Effect, granted: readonly string[]): boolean {
  return levels.slice(levels.indexOf(effect)).some((level) => granted.includes(scopes[level]));
}

/** The most that a caller with these scopes may make the server do. */
export function grantedEffect(granted: readonly string[]): Effect | undefined {
  return levels.findLast((level) => granted.includes(scopes[level]));
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
