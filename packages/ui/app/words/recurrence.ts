/**
 * An RRULE in words, where the words are sure to say all of it; else the rule as it stands.
 *
 * @example recurrenceText('FREQ=WEEKLY;BYDAY=MO,TH') // 'every week on Monday and Thursday'
 */
export function recurrenceText(rule: string): string {
  const parts = new Map(rule.split(';').map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']));
  const unit = units.get(parts.get('FREQ') ?? '');
  const days =
    parts
      .get('BYDAY')
      ?.split(',')
      .map((day) => dayNames.get(day)) ?? [];
  const isSaid = [...parts.keys()].every((name) =>
    ['FREQ', 'INTERVAL', 'BYDAY', 'BYHOUR', 'BYMINUTE'].includes(name),
  );
  const time = clockText(parts.get('BYHOUR'), parts.get('BYMINUTE'));
  if (unit === undefined || !isSaid || days.includes(undefined) || time === undefined) return rule;
  const interval = parts.get('INTERVAL') ?? '1';
  const every = interval === '1' ? `every ${unit}` : `every ${interval} ${unit}s`;
  const on = days.length === 0 ? '' : ` on ${new Intl.ListFormat('en').format(days.map(String))}`;
  return `${every}${on}${time}`;
}

// --- internal ---

/** @returns ` at 09:00`, nothing to say, or `undefined` for several times a day */
function clockText(hour: string | undefined, minute: string | undefined): string | undefined {
  if (hour === undefined && minute === undefined) return '';
  if (!/^\d+$/.test(hour ?? '') || !/^\d+$/.test(minute ?? '')) return undefined;
  return ` at ${hour?.padStart(2, '0')}:${minute?.padStart(2, '0')}`;
}

const units = new Map([
  ['DAILY', 'day'],
  ['WEEKLY', 'week'],
  ['MONTHLY', 'month'],
  ['YEARLY', 'year'],
]);

const dayNames = new Map([
  ['MO', 'Monday'],
  ['TU', 'Tuesday'],
  ['WE', 'Wednesday'],
  ['TH', 'Thursday'],
  ['FR', 'Friday'],
  ['SA', 'Saturday'],
  ['SU', 'Sunday'],
]);
