/** In which time zone a call is judged: the one that it names, else the user's, else the one of the person at this machine. */
import type { HandlerContext } from '@oatty/types';
import type { TasksPorts } from '../ports.ts';
import type { User } from '../rows/user-rows.ts';
import { toZonedNow } from './zoned-now.ts';
import type { ZonedNow } from './zoned-now.ts';

/** @throws {OattyError} `ARGUMENT_INVALID` for a zone that there is not */
export function toUserTime(
  ports: TasksPorts,
  user: User,
  {
    timeZone,
    now = ports.clock.now().toISOString(),
  }: { readonly timeZone?: string | undefined; readonly now?: string },
): ZonedNow {
  return toZonedNow(now, timeZone ?? zoneOf(ports, user));
}

export function zoneOf({ localTimeZone }: TasksPorts, { time_zone, principal }: User): string {
  return time_zone ?? (principal === localPrincipal ? localTimeZone : 'UTC');
}

// --- internal ---

/** Who calls on the command line, by stdio and in the library. */
const localPrincipal: HandlerContext['caller']['principal'] = 'local';
