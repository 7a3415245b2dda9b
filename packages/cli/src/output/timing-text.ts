import type { Timing } from '@oatty/types';

/** `30 3 * * * Europe/Berlin`, or `once` */
export function toTimingText(timing: Timing): string {
  return 'at' in timing ? 'once' : `${timing.cron} ${timing.time_zone}`;
}
