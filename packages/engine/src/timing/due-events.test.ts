import { describe, expect, it } from 'vitest';
import { dueEvents } from './due-events.ts';

const now = new Date('2026-01-05T12:00:00.000Z');

describe('events', () => {
  it.each([
    ['skip', ['11:59']],
    ['latest', ['11:59']],
    ['all', ['09:00', '11:00', '11:59']],
  ] as const)('that nobody saw in time are made up for as it says: %s', (missed, due) => {
    expect(timesOf(dueEvents(toEvents('09:00', '11:00', '11:59'), missed, now))).toEqual(due);
  });

  it.each([
    ['skip', []],
    ['latest', ['11:00']],
    ['all', ['09:00', '11:00']],
  ] as const)('that are all late are told apart from missed times in nothing: %s', (missed, due) => {
    expect(timesOf(dueEvents(toEvents('09:00', '11:00'), missed, now))).toEqual(due);
  });

  it('that are late are a hundred at most', () => {
    const many = Array.from({ length: 150 }, () => '09:00');
    expect(dueEvents(toEvents(...many), 'all', now)).toHaveLength(100);
  });
});

// --- internal ---

function toEvents(...times: readonly string[]) {
  return times.map((time) => ({ at: `2026-01-05T${time}:30.000Z` }));
}

function timesOf(events: ReturnType<typeof toEvents> | readonly { readonly at: string }[]) {
  return events.map(({ at }) => at.slice(11, 16));
}
