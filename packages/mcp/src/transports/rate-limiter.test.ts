import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  it('lets a burst through, then says how long to wait', () => {
    const { limiter } = aLimiter({ requestsPerSecond: 2, burst: 3 });
    expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 500]);
  });

  it('lets one more through when its time has come', () => {
    const { limiter, clock } = aLimiter({ requestsPerSecond: 2, burst: 1 });
    limiter.take('a');
    clock.now += 499;
    expect(limiter.take('a')).toBe(1);
    clock.now += 1;
    expect([limiter.take('a'), limiter.take('a')]).toEqual([0, 500]);
  });

  it('saves up no more than a burst', () => {
    const { limiter, clock } = aLimiter({ requestsPerSecond: 10, burst: 2 });
    clock.now += 1_000_000;
    expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([0, 0, 100]);
  });

  it('counts each caller for itself', () => {
    const { limiter } = aLimiter({ requestsPerSecond: 1, burst: 1 });
    expect([limiter.take('a'), limiter.take('b'), limiter.take('a')]).toEqual([0, 0, 1_000]);
  });

  it('forgets who was seen longest ago when there are too many', () => {
    const { limiter } = aLimiter({ requestsPerSecond: 1, burst: 1 });
    for (let caller = 0; caller <= 10_000; caller += 1) limiter.take(String(caller));
    expect([limiter.take('1'), limiter.take('0')]).toEqual([1_000, 0]);
  });
});

// --- internal ---

function aLimiter(rate: { requestsPerSecond: number; burst: number }) {
  const clock = { now: 0 };
  return { clock, limiter: new RateLimiter(rate, () => clock.now) };
}
