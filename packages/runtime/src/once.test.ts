import { describe, expect, it } from 'vitest';
import { once } from './once.ts';

describe('once', () => {
  it('makes a value at the first call and gives the same to all', async () => {
    let made = 0;
    const get = once(async () => ({ number: (made += 1) }));
    expect(get.opened()).toBeUndefined();
    const [first, second] = await Promise.all([get(), get()]);
    expect([first, second === first, await get.opened()]).toEqual([{ number: 1 }, true, first]);
  });

  it('tries again after a failure', async () => {
    let tries = 0;
    const get = once(async () => {
      tries += 1;
      if (tries === 1) throw new TypeError('not yet');
      return tries;
    });
    await expect(get()).rejects.toThrow('not yet');
    expect(get.opened()).toBeUndefined();
    expect(await get()).toBe(2);
  });
});
