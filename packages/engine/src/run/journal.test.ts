import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { RunEventBody } from '@oatty/types';
import type { JournalEntry } from '../ports/journal-entry.ts';
import type { RunStore } from '../ports/run-store.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { Journal } from './journal.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('the journal of an execution', () => {
  it('sends what is written together in one trip', async () => {
    const { journal, entries } = aJournal();
    await Promise.all([journal.write({ events: [event('a')] }), journal.write({ events: [event('b')] })]);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.events).toEqual([event('a'), event('b')]);
  });

  it('sends what is written in one turn in one trip', async () => {
    const { journal, entries } = aJournal();
    journal.post({ events: [event('a')] });
    for (let tick = 0; tick < 50; tick += 1) await Promise.resolve();
    await journal.write({ events: [event('b')] });
    expect(entries.map((entry) => entry.events)).toEqual([[event('a'), event('b')]]);
  });

  it('has settled when nothing is on its way', async () => {
    const { journal, entries } = aJournal();
    journal.post({ events: [event('a')] });
    await journal.settle();
    expect(entries).toHaveLength(1);
  });

  it('sends notes with the next write, in order', async () => {
    const { journal, entries } = aJournal();
    journal.note(event('a'));
    expect(entries).toEqual([]);
    await journal.write({ events: [event('b')] });
    journal.note(event('c'));
    await journal.change(['running'], { status: 'succeeded' }, { events: [event('d')] });
    expect(entries.map((entry) => entry.events)).toEqual([
      [event('a'), event('b')],
      [event('c'), event('d')],
    ]);
  });

  it('gathers what is written while an entry is on its way', async () => {
    const gate = Promise.withResolvers<void>();
    const { journal, entries, clock } = aJournal(() => gate.promise);
    const first = journal.write({ events: [event('a')] });
    await clock.settle();
    const others = [journal.write({ events: [event('b')] }), journal.write({ events: [event('c')] })];
    gate.resolve();
    await Promise.all([first, ...others]);
    expect(entries.map((entry) => entry.events?.length)).toEqual([1, 2]);
  });

  it('loses nothing that is written while a change waits for its turn', async () => {
    const gate = Promise.withResolvers<void>();
    const { journal, entries, clock } = aJournal(() => gate.promise);
    const first = journal.write({ events: [event('a')] });
    await clock.settle();
    const change = journal.change(['running'], { status: 'succeeded' }, { events: [event('c')] });
    const result = { id: 'b', status: 'succeeded', attempts: 1 } as const;
    const second = journal.write({ commits: [{ step_id: 'b', result }] });
    gate.resolve();
    await Promise.all([first, second, change]);
    expect(entries).toMatchObject([
      { events: [event('a')] },
      { commits: [{ step_id: 'b' }] },
      { events: [event('c')] },
    ]);
  });

  it('tells once per trip that something was written', async () => {
    const { journal, told } = aJournal();
    await journal.write({ events: [event('a')] });
    await journal.write({ events: [event('b')] });
    expect(told.written).toBe(2);
  });

  it('writes nothing more after a write has failed', async () => {
    const problems = [new OattyError('STORAGE_FAILED', 'The disk is full.')];
    const { journal, entries, told } = aJournal(async () => {
      const problem = problems.pop();
      if (problem !== undefined) throw problem;
    });
    await expect(journal.write({ events: [event('a')] })).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await expect(journal.write({ events: [event('b')] })).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await expect(journal.change(['running'], { status: 'failed' })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
    expect(entries).toEqual([]);
    expect(told.failures.map((error) => error.code)).toEqual(['STORAGE_FAILED']);
    expect(journal.hasFailed).toBe(true);
  });
});

function event(step_id: string): RunEventBody {
  return { type: 'step_progress', step_id, done: 1, message: '' };
}

/** @param arrive - what happens before an entry is in the store */
function aJournal(arrive: () => Promise<void> = async () => {}) {
  const entries: JournalEntry[] = [];
  const told = { written: 0, failures: [] as OattyError[] };
  const store: RunStore = {
    ...createMemoryRunStore(),
    async append(_run, _owner, entry) {
      await arrive();
      entries.push(entry);
    },
    async changeRun(_run, _owner, _from, _change, entry) {
      entries.push(entry);
      return true;
    },
  };
  const clock = createHandClock();
  const journal = new Journal('run', 'owner', {
    store,
    clock,
    onWritten: () => {
      told.written += 1;
    },
    onFailed: (error) => told.failures.push(error),
  });
  return { journal, entries, told, clock };
}
