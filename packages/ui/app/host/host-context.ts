/** What every part of a widget may need: the host, and the language and zone of the user. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { createDates } from '../words/dates.ts';
import type { Dates } from '../words/dates.ts';
import type { Host } from './host.ts';

export interface Surroundings {
  readonly host: Host;
  readonly dates: Dates;
}

export const SurroundingsContext = createContext<Surroundings>({
  host: {
    can: { callTools: false, openLinks: false, download: false },
    call: () => Promise.resolve({ kind: 'failed', failure: { message: 'There is no host.' } }),
    tellModel: () => Promise.resolve(),
    download: () => Promise.resolve(false),
    openLink: () => Promise.resolve(false),
  },
  dates: createDates({}),
});

export function useHost(): Host {
  return useContext(SurroundingsContext).host;
}

export function useDates(): Dates {
  return useContext(SurroundingsContext).dates;
}
