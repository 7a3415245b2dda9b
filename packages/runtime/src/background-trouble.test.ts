import { createHandClock } from '@oatty/engine/testing';
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { BackgroundTrouble } from './background-trouble.ts';

const full = new OattyError('STORAGE_FAILED', 'The disk is full.');
const locked = new OattyError('STATE_LOCKED', 'Another process keeps the state.');
const second = 1_000;
const minute = 60 * second;

describe('trouble in the background', () => {
  it('is told once however many runs it stops', () => {
    const { trouble, told } = listen();
    for (let nth = 0; nth < 50; nth += 1) trouble.hear(nth % 2 === 0 ? full : locked);
    expect(told).toEqual([full]);
  });

  it('is told again after pauses that grow', async () => {
    const { trouble, clock, toldAt } = listen();
    for (let at = 0; at <= 240 * minute; at += second) {
      trouble.hear(full);
      await clock.advance(second);
    }
    const minutes = [0, 1, 3, 7, 15, 31, 63, 123, 183];
    expect(toldAt()).toEqual(minutes.map((count) => count * minute));
  });

  it('is over when it has been quiet for a while', async () => {
    const { trouble, clock, toldAt } = listen();
    for (const pauseMs of [11 * second, 30 * second, 31 * second]) {
      trouble.hear(full);
      await clock.advance(pauseMs);
    }
    trouble.hear(full);
    expect(toldAt()).toEqual([0, 72 * second]);
  });

  it('of two runs is told of each', () => {
    const { trouble, told } = listen();
    const [one, other] = ['a', 'b'].map((id) => new OattyError('RUN_STATE_CONFLICT', `Run "${id}" is lost.`));
    for (const error of [one, other, one]) trouble.hear(error);
    expect(told).toEqual([one, other]);
  });

  it('that begins while the clock is set back is told', async () => {
    const { trouble, clock, told } = listen();
    trouble.hear(full);
    clock.set(-60 * minute);
    trouble.hear(full);
    expect(told).toHaveLength(2);
  });
});

// --- internal ---

function listen() {
  const clock = createHandClock();
  const start = clock.now().getTime();
  const told: OattyError[] = [];
  const times: number[] = [];
  const trouble = new BackgroundTrouble(clock, (error) => {
    told.push(error);
    times.push(clock.now().getTime() - start);
  });
  return { trouble, clock, told, toldAt: () => times };
}
