import type { World } from './world.ts';

/** Aborts with the given signal, or when oatty is closed. */
export function untilClosed(
  { closing }: Pick<World, 'closing'>,
  signal: AbortSignal | undefined,
): AbortSignal {
  return signal === undefined ? closing.signal : AbortSignal.any([closing.signal, signal]);
}
