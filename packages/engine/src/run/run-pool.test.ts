import { describe, expect, it } from 'vitest';
import { createHandClock } from '../testing/hand-clock.ts';
import { runPool } from './run-pool.ts';

describe('the pool', () => {
  it('works on up to its width at a time, in the order of taking', async () => {
    const clock = createHandClock();
    const begun: string[] = [];
    const pieces = [30, 10, 10, 10];
    const work = async (ms: number) => {
      begun.push(`${ms}@${clock.now().getMilliseconds()}`);
      await clock.sleep(ms, new AbortController().signal);
    };
    await clock.play(runPool(2, () => pieces.shift(), work));
    expect(begun).toEqual(['30@0', '10@0', '10@10', '10@20']);
  });

  it('asks again when a piece has ended, for it may have made others ready', async () => {
    const ready = [1];
    const done: number[] = [];
    await runPool(
      3,
      () => ready.shift(),
      async (piece) => {
        done.push(piece);
        if (piece < 4) ready.push(piece + 1);
      },
    );
    expect(done).toEqual([1, 2, 3, 4]);
  });

  it('has nothing to wait for when there is nothing to take', async () => {
    await expect(
      runPool(
        2,
        () => undefined,
        async () => {},
      ),
    ).resolves.toBeUndefined();
  });

  it('takes nothing more after a failure, and throws it when the others have ended', async () => {
    const clock = createHandClock();
    const pieces = ['slow', 'bad', 'never'];
    const ended: string[] = [];
    const work = async (piece: string) => {
      if (piece === 'bad') throw new RangeError('bad');
      await clock.sleep(10, new AbortController().signal);
      ended.push(piece);
    };
    await expect(clock.play(runPool(2, () => pieces.shift(), work))).rejects.toThrow('bad');
    expect(ended).toEqual(['slow']);
  });
});
