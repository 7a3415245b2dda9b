import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchPlaces } from './watch-places.ts';
import type { PlaceWatch } from './watch-places.ts';

const never = 60_000;

let directory: string;
let signs: number;
let watch: PlaceWatch;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oatty-watch-'));
  signs = 0;
});

afterEach(async () => {
  watch.close();
  await rm(directory, { recursive: true, force: true });
});

describe('watchPlaces', () => {
  it('tells of a change without being asked to look', async () => {
    start({ pollMs: never });
    await writeFile(join(directory, 'a.yaml'), 'a');
    await expect.poll(() => signs).toBeGreaterThan(0);
  });

  it('tells once of changes that follow each other', async () => {
    start({ pollMs: never, settleMs: 200 });
    for (const name of ['a', 'b', 'c']) await writeFile(join(directory, name), name);
    await expect.poll(() => signs).toBe(1);
  });

  it('minds only the file that it was told to', async () => {
    start({ pollMs: never, file: 'registry.json' });
    await writeFile(join(directory, 'state.db'), 'x');
    await writeFile(join(directory, 'registry.json'), 'x');
    await expect.poll(() => signs).toBe(1);
  });

  it('looks again and again where nothing tells', async () => {
    start({ pollMs: 10, place: join(directory, 'not', 'there') });
    await expect.poll(() => signs).toBeGreaterThan(2);
  });

  it('watches a directory that comes later', async () => {
    const place = join(directory, 'later');
    start({ pollMs: 20, settleMs: 1, place });
    await mkdir(place);
    await expect.poll(() => signs).toBeGreaterThan(2);
    await rm(place, { recursive: true });
    await mkdir(place);
    const before = signs;
    await writeFile(join(place, 'a.yaml'), 'a');
    await expect.poll(() => signs).toBeGreaterThan(before);
  });

  it('tells nothing more when it is closed', async () => {
    start({ pollMs: 10, settleMs: 10 });
    await writeFile(join(directory, 'a.yaml'), 'a');
    watch.close();
    const before = signs;
    await writeFile(join(directory, 'b.yaml'), 'b');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(signs).toBe(before);
  });
});

// --- internal ---

interface Start {
  readonly pollMs: number;
  readonly settleMs?: number;
  readonly place?: string;
  readonly file?: string;
}

function start({ pollMs, settleMs = 20, place = directory, file }: Start): void {
  const places = [{ directory: place, ...(file !== undefined && { file }) }];
  watch = watchPlaces(places, () => void (signs += 1), { pollMs, settleMs });
}
