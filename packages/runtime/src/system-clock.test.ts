import { describe, expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

describe('the system clock', () => {
  it('wakes up at the reason of the signal', async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(2 ** 40, stop.signal);
    stop.abort(new TypeError('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(systemClock.sleep(1, stop.signal)).rejects.toThrow('enough');
  });

  it('does not sleep for no time', async () => {
    await expect(systemClock.sleep(0, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
