import { describe, expect, it } from 'vitest';
import { createHandClock } from './hand-clock.ts';

describe('the hand-set clock', () => {
  it('stands still until it is moved', async () => {
    const clock = createHandClock();
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
    await clock.settle();
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
    await clock.advance(1_500);
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:01.500Z');
  });

  it('wakes sleepers in the order of their times, at their times', async () => {
    const clock = createHandClock();
    const woken: string[] = [];
    for (const ms of [30, 10, 20]) {
      void clock.sleep(ms, never).then(() => woken.push(`${ms}@${clock.now().getMilliseconds()}`));
    }
    await clock.advance(25);
    expect(woken).toEqual(['10@10', '20@20']);
  });

  it('lets go of a sleeper whose signal aborts', async () => {
    const clock = createHandClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(10, controller.signal);
    controller.abort(new RangeError('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(10, controller.signal)).rejects.toThrow('enough');
  });

  it('is set without waking anybody earlier or later', async () => {
    const clock = createHandClock();
    const sleeping = clock.sleep(10, never).then(() => clock.now().toISOString());
    clock.set(3_600_000);
    await clock.advance(10);
    expect(await sleeping).toBe('2026-01-01T01:00:00.010Z');
  });

  it('plays as long as some work needs', async () => {
    const clock = createHandClock();
    const work = async () => {
      for (let hour = 0; hour < 24; hour += 1) await clock.sleep(3_600_000, never);
      return 'a day';
    };
    expect(await clock.play(work())).toBe('a day');
    expect(clock.now().toISOString()).toBe('2026-01-02T00:00:00.000Z');
  });
});

const never = new AbortController().signal;
