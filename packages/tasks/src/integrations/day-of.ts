import type { TimeZone } from '@oatty/types';
import { isWholeDay } from '../task.ts';
import { toDay } from '../time/zoned-now.ts';

/** The day of a due time, by the clocks of the user. */
export function toDayOf(due: string, zone: TimeZone): string {
  return isWholeDay(due) ? due : toDay(zone, due);
}
