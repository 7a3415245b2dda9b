import type { Timing } from '@oatty/types';

/** `30 3 * * * Europe/Berlin`, `FREQ=DAILY Europe/Berlin`, `once`, or `task completed` */
export function toTimingText(timing: Timing): string {
  if ('at' in timing) return 'once';
  if ('event' in timing) return ['task', timing.event, ...(timing.priority ?? [])].join(' ');
  return `${'cron' in timing ? timing.cron : timing.rrule} ${timing.time_zone}`;
}
