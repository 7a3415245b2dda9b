/** What every `ScheduleStore` must do, as a vitest suite. `create` gives an empty one for each test. */
import { describe, expect, it } from 'vitest';
import type { Schedule } from '@oatty/types';
import type { ScheduleStore } from '../ports/schedule-store.ts';
import { at } from './run-store-contract/store-fixture.ts';

/** Call it at the top of a test file. */
export function scheduleStoreContract(
  name: string,
  create: () => ScheduleStore | Promise<ScheduleStore>,
): void {
  describe(`a schedule store: ${name}`, () => {
    it('gives back what was added, and lists it by id', async () => {
      const store = await create();
      expect(await store.addSchedule(aSchedule({ schedule_id: 'b' }))).toBe(true);
      const once = aSchedule({
        schedule_id: 'a',
        timing: { at: at(60) },
        inputs: { text: 'ü', list: [1, null] },
      });
      expect(await store.addSchedule(once)).toBe(true);
      expect(await store.getSchedule('a')).toEqual(once);
      expect(await store.listSchedules()).toEqual([once, aSchedule({ schedule_id: 'b' })]);
    });

    it('refuses an id that is taken, and changes nothing', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      expect(await store.addSchedule(aSchedule({ workflow_id: 'other' }))).toBe(false);
      expect(await store.getSchedule('nightly')).toEqual(aSchedule());
    });

    it('lists those of one principal, and those that listen', async () => {
      const store = await create();
      const ann = { principal: 'ann', via: 'library' } as const;
      const heard = withoutNext({
        schedule_id: 'heard',
        caller: ann,
        timing: { event: 'created' },
        seen: '4',
      });
      expect(await store.hasListening()).toBe(false);
      await store.addSchedule(heard);
      expect(await store.hasListening()).toBe(true);
      await store.addSchedule(aSchedule());
      await store.addSchedule({ ...heard, schedule_id: 'paused', status: 'paused' });
      expect(idsOf(await store.listSchedules('ann'))).toEqual(['heard', 'paused']);
      expect(idsOf(await store.listSchedules('local'))).toEqual(['nightly']);
      const listener = { schedule_id: 'heard', principal: 'ann', seen: '4' };
      expect(await store.listListening(at(0))).toEqual([listener]);
      expect(await store.listListening(at(0), ['bob', 'ann'])).toEqual([listener]);
      expect(await store.listListening(at(0), ['bob'])).toEqual([]);
      await store.changeSchedule('heard', undefined, { status: 'active', next_at: at(10), seen: '5' });
      expect(await store.listListening(at(10))).toEqual([]);
      expect(await store.listListening(at(9))).toEqual([{ ...listener, next_at: at(10), seen: '5' }]);
      await store.changeSchedule('heard', at(10), { status: 'active' });
      expect(await store.listListening(at(10))).toEqual([{ ...listener, seen: '5' }]);
    });

    it('makes an active schedule due, and no other', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      await store.addSchedule(withoutNext({ schedule_id: 'heard' }));
      await store.addSchedule(withoutNext({ schedule_id: 'paused', status: 'paused' }));
      const wake = (id: string, nextAt?: string) => store.wakeSchedule(id, nextAt, at(5));
      expect(await wake('heard')).toBe(true);
      expect(await wake('nightly', at(10))).toBe(true);
      expect([await wake('paused'), await wake('heard'), await wake('nightly', at(10))]).toEqual([
        false,
        false,
        false,
      ]);
      expect(await store.getSchedule('paused')).toMatchObject({ status: 'paused' });
      expect(idsOf(await store.listDueSchedules(at(5), 10)).toSorted()).toEqual(['heard', 'nightly']);
    });

    it('removes a schedule once', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      expect([await store.removeSchedule('nightly'), await store.removeSchedule('nightly')]).toEqual([
        true,
        false,
      ]);
      expect(await store.getSchedule('nightly')).toBeUndefined();
      expect(await store.listSchedules()).toEqual([]);
    });

    it('lists what is due, the longest first', async () => {
      const store = await create();
      await store.addSchedule(aSchedule({ schedule_id: 'late', next_at: at(30) }));
      await store.addSchedule(aSchedule({ schedule_id: 'early', next_at: at(10) }));
      await store.addSchedule(withoutNext({ schedule_id: 'paused', status: 'paused' }));
      const dueAt = async (seconds: number, limit = 10) =>
        (await store.listDueSchedules(at(seconds), limit)).map(({ schedule_id }) => schedule_id);
      expect(await dueAt(9)).toEqual([]);
      expect(await dueAt(10)).toEqual(['early']);
      expect(await dueAt(30)).toEqual(['early', 'late']);
      expect(await dueAt(30, 1)).toEqual(['early']);
    });

    it('lets one of several claim a time', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      const claim = () => store.claimSchedule('nightly', at(10), at(40), at(10));
      const claims = await Promise.all([claim(), claim(), claim()]);
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.listDueSchedules(at(39), 10)).toEqual([]);
    });

    it('offers a claimed time again when the claim is over', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      await store.claimSchedule('nightly', at(10), at(40), at(10));
      expect(await store.listDueSchedules(at(40), 10)).toHaveLength(1);
      expect(await store.claimSchedule('nightly', at(10), at(70), at(40))).toBe(true);
    });

    it('lets nobody claim a time that is done', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      await store.changeSchedule('nightly', at(10), { status: 'active', next_at: at(20) });
      expect(await store.claimSchedule('nightly', at(10), at(40), at(10))).toBe(false);
      expect(await store.claimSchedule('nobody', at(10), at(40), at(10))).toBe(false);
    });

    it('changes a schedule whose next time is as expected', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      await store.claimSchedule('nightly', at(10), at(90), at(10));
      const last = { due_at: at(10), run_id: 'run-1' };
      expect(await store.changeSchedule('nightly', at(10), { status: 'active', next_at: at(20), last })).toBe(
        true,
      );
      expect(await store.getSchedule('nightly')).toEqual(aSchedule({ next_at: at(20), last }));
      expect(await store.listDueSchedules(at(20), 10)).toHaveLength(1);
      expect(await store.changeSchedule('nightly', at(20), { status: 'paused' })).toBe(true);
      expect(await store.getSchedule('nightly')).toEqual(withoutNext({ status: 'paused', last }));
      expect(await store.changeSchedule('nightly', undefined, { status: 'active', next_at: at(50) })).toBe(
        true,
      );
      expect(await store.getSchedule('nightly')).toEqual(aSchedule({ next_at: at(50), last }));
    });

    it('keeps what was agreed to until somebody agrees again', async () => {
      const store = await create();
      const [first, second] = [{ orders: 'a1' }, { orders: 'b2', ship: 'c3' }];
      await store.addSchedule(aSchedule({ agreed: first, may_destroy: true }));
      await store.changeSchedule('nightly', at(10), { status: 'active', next_at: at(20) });
      expect(await store.getSchedule('nightly')).toMatchObject({ agreed: first, may_destroy: true });
      const again = { status: 'active', next_at: at(30), agreed: second, may_destroy: false } as const;
      expect(await store.changeSchedule('nightly', at(10), again)).toBe(false);
      expect(await store.getSchedule('nightly')).toMatchObject({ agreed: first, may_destroy: true });
      expect(await store.changeSchedule('nightly', at(20), again)).toBe(true);
      expect(await store.getSchedule('nightly')).toEqual(aSchedule(again));
    });

    it('leaves a schedule alone that is further already', async () => {
      const store = await create();
      await store.addSchedule(aSchedule());
      expect(await store.changeSchedule('nightly', at(9), { status: 'ended' })).toBe(false);
      expect(await store.changeSchedule('nightly', undefined, { status: 'ended' })).toBe(false);
      expect(await store.changeSchedule('nobody', undefined, { status: 'ended' })).toBe(false);
      expect(await store.getSchedule('nightly')).toEqual(aSchedule());
    });
  });
}

// --- internal ---

function idsOf(schedules: readonly Schedule[]): readonly string[] {
  return schedules.map(({ schedule_id }) => schedule_id);
}

function aSchedule(parts: Partial<Schedule> = {}): Schedule & { readonly workflow_id: string } {
  return {
    schedule_id: 'nightly',
    workflow_id: 'orders',
    timing: { cron: '0 3 * * *', time_zone: 'Europe/Berlin' },
    missed: 'skip',
    inputs: { since: 'yesterday' },
    may_destroy: false,
    created_at: at(0),
    status: 'active',
    next_at: at(10),
    ...parts,
  };
}

function withoutNext(parts: Partial<Schedule>): Schedule {
  const { next_at, ...schedule } = aSchedule(parts);
  return schedule;
}
