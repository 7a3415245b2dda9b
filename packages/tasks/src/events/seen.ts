/** Up to where a schedule has seen what happened: text for those who keep it. */
export interface Seen {
  /** Number of the change. */
  readonly change: number;
  /** The last one seen of that change; `null`: all of it. */
  readonly position: number | null;
  /** Due times before this instant, and days before this one of the user, have been looked at. */
  readonly until: string;
  readonly day: string;
}

export function toSeenText(seen: Seen): string {
  return JSON.stringify(seen);
}

/** Written by `toSeenText`. */
export function fromSeenText(text: string): Seen {
  return JSON.parse(text) as Seen;
}
