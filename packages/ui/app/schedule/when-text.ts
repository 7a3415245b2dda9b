/** When a schedule starts something, in words. Pure. */
import type { Schedule } from '../documents/schedule.ts';
import type { Dates } from '../words/dates.ts';
import { recurrenceText } from '../words/recurrence.ts';
import { toSentence } from '../words/sentence.ts';

export function whenText({ kind, value, time_zone, priority }: Schedule['when'], dates: Dates): string {
  switch (kind) {
    case 'at':
      return dates.moment(value);
    case 'cron':
      return `${value} (${time_zone ?? 'UTC'})`;
    case 'rrule':
      return toSentence(recurrenceText(value));
    case 'event': {
      const which = priority && priority.length > 0 ? `a ${priority.join(' or ')} priority task` : 'a task';
      return `Whenever ${which} ${value === 'overdue' ? 'becomes overdue' : `is ${value}`}`;
    }
  }
}
