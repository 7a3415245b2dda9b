/**
 * Descriptions made of seeds, imported and called. `OATTY_NASTY_SEEDS=1-5000` tries more of them than the suite has
 * time for; what fails names its seed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OattyError } from '@oatty/types';
import type { CatalogDocument, CatalogImportDocument, Oatty } from '../../src/index.ts';
import { describe, expect, it } from 'vitest';
import { aServer } from '../an-api.ts';
import { aHome, openAt } from '../open-oatty.ts';
import { Chance } from './chance.ts';
import { aNastyDescription } from './nasty-description.ts';
import { oddNames, oddValues } from './odd-values.ts';

const [firstSeed = 1, lastSeed = 60] = (process.env['OATTY_NASTY_SEEDS'] ?? '1-60').split('-').map(Number);
const seeds = Array.from({ length: lastSeed - firstSeed + 1 }, (_, index) => firstSeed + index);

describe('a nasty description', () => {
  it(
    'is imported or refused, and its commands run or say why',
    { timeout: seeds.length * 1_000 },
    async () => {
      const world = await openNasty();
      const outcomes = new Set<string>();
      const flaws: unknown[] = [];
      for (const seed of seeds) {
        const tried = await trySeed(world, seed);
        for (const outcome of tried.outcomes) outcomes.add(outcome);
        flaws.push(...tried.flaws.map((flaw) => ({ seed, flaw })));
      }
      expect(flaws).toEqual([]);
      expect([...outcomes]).toEqual(
        expect.arrayContaining(['OPENAPI_SOURCE_VALIDATION_FAILED', 'ok', 'ARGUMENT_INVALID', 'HTTP_ERROR']),
      );
    },
  );
});

interface Trial {
  /** Codes, and `ok`. */
  readonly outcomes: readonly string[];
  /** What must never be. */
  readonly flaws: readonly unknown[];
}

async function trySeed(world: NastyWorld, seed: number): Promise<Trial> {
  const imported = await world.importSeed(seed);
  if (imported instanceof OattyError) {
    const isRefusal = imported.code === 'OPENAPI_SOURCE_VALIDATION_FAILED';
    return { outcomes: [imported.code], flaws: isRefusal ? [] : [imported] };
  }
  const catalog = await world.oatty.catalogs.show('nasty');
  await world.importSeed(seed);
  const again = await world.oatty.catalogs.show('nasty');
  const isSame = JSON.stringify(again) === JSON.stringify(catalog);
  const called = await callAll(world.oatty, catalog, seed);
  return {
    outcomes: called.map((one) => (one instanceof OattyError ? one.code : 'ok')),
    flaws: [
      ...(isSame ? [] : ['the second import differs']),
      ...flawsOf(imported, catalog),
      ...called.filter((one) => one instanceof OattyError && one.code === 'INTERNAL'),
    ],
  };
}

interface NastyWorld {
  readonly oatty: Oatty;
  readonly importSeed: (seed: number) => Promise<CatalogImportDocument | OattyError>;
}

async function openNasty(): Promise<NastyWorld> {
  const home = await aHome();
  const oatty = await openAt(home);
  const baseUrl = await anOddServer();
  const source = join(home.dir, 'description.json');
  const options = { source, catalogTitle: 'Nasty', vendor: 'nasty', overwrite: true, baseUrl };
  return {
    oatty,
    async importSeed(seed) {
      await writeFile(source, JSON.stringify(aNastyDescription(seed)));
      return attempt(() => oatty.catalogs.importOpenapi(options));
    },
  };
}

/** Answers one thing after the other, none of them promised. */
async function anOddServer(): Promise<string> {
  const bodies = [
    '{}',
    '[{"id":1}]',
    'text',
    '<html>',
    '',
    '{"items":[{"id":2}],"next":"x"}',
    'null',
    '{"__proto__":{}}',
  ];
  let count = 0;
  return aServer((request, response) => {
    request.resume();
    count++;
    const type = count % 3 === 0 ? 'text/plain' : 'application/json';
    response.writeHead(count % 7 === 0 ? 500 : 200, { 'content-type': type });
    response.end(bodies[count % bodies.length]);
  });
}

/** Anything else than an `OattyError` fails the test. */
async function attempt<Result>(work: () => Promise<Result>): Promise<Result | OattyError> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof OattyError) return thrown;
    throw thrown;
  }
}

/** Names that are there twice, warnings that do not say what they are about. */
function flawsOf({ warnings }: CatalogImportDocument, { commands }: CatalogDocument): string[] {
  return [
    ...repeated(commands.map(({ id }) => id)),
    ...commands.flatMap(({ parameters }) => repeated(parameters.map(({ name }) => name))),
    ...warnings.filter((warning) => !/^.+?: ./s.test(warning) && !warning.startsWith('There are ')),
  ];
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Previews and runs every command with odd arguments. */
async function callAll(oatty: Oatty, { commands }: CatalogDocument, seed: number): Promise<unknown[]> {
  const chance = new Chance(seed);
  const results: unknown[] = [];
  for (const { id, parameters } of commands) {
    const given = parameters.filter(({ required }) => required || chance.isTrue(0.6));
    const call = {
      with: Object.fromEntries(given.map(({ name }) => [name, anOddArgument(chance)])),
      ...(chance.isTrue(0.2) && { body: chance.oneOf(oddValues) }),
      confirmed: true,
      coerce: chance.isTrue(0.3),
      maxPages: 2,
    };
    results.push(await attempt<unknown>(() => oatty.commands.preview(id, call)));
    results.push(await attempt<unknown>(() => oatty.commands.run(id, call)));
  }
  return results;
}

function anOddArgument(chance: Chance): unknown {
  const usual = ['a', 1, true, ['a', 'b'], { a: 1 }, { a: { b: [1] } }, { base64: 'aGk=' }] as const;
  return chance.oneOf([chance.oneOf(oddValues), chance.oneOf(oddNames), chance.oneOf(usual)]);
}
