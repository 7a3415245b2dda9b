import { describe, expect, it } from 'vitest';
import type { StepResult } from '@oatty/types';
import type { RunStore } from '../../ports/run-store.ts';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, aRun, at, entry, leaseOf, withRun } from './store-fixture.ts';

export function describeValues(create: CreateStore): void {
  describe('values', () => {
    it.each(oddValues)('gives back %s as it went in', async (_, value) => {
      const store = await withRun(await create());
      await store.append('run-1', alice, entry({ commits: [{ step_id: 'a', result: resultOf(value) }] }));
      expect(await outputOf(store)).toStrictEqual(value);
    });

    it('keeps an output of several megabytes', async () => {
      const store = await withRun(await create());
      const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: index, text: 'x'.repeat(200) }));
      await store.append('run-1', alice, entry({ commits: [{ step_id: 'a', result: resultOf(rows) }] }));
      expect(await outputOf(store)).toEqual(rows);
    });

    it('takes odd names of steps, inputs, owners and workflows', async () => {
      const store = await create();
      const odd = '__proto__';
      const inputs = JSON.parse('{"__proto__": 1, "constructor": 2, "a b": 3}');
      await store.createRun(aRun({ run_id: odd, inputs }), leaseOf(odd));
      const mark = {
        step_id: odd,
        poll: 1,
        attempt: 1,
        phase: 'calling',
        at: at(1),
        since: at(1),
        calls: 1,
      } as const;
      await store.append(odd, odd, entry({ marks: [mark] }));
      await store.append(odd, odd, entry({ commits: [{ step_id: 'constructor', result: resultOf(1) }] }));
      const run = await store.getRun(odd);
      expect(Object.keys(run?.inputs ?? {})).toEqual(['__proto__', 'constructor', 'a b']);
      expect(await store.readMarks(odd)).toEqual([mark]);
      expect((await store.readCommits(odd))[0]?.step_id).toBe('constructor');
    });

    it('keeps its own copy of what it was given', async () => {
      const store = await create();
      const inputs = { list: [1] };
      await store.createRun(aRun({ inputs }), leaseOf(alice));
      inputs.list.push(2);
      const output = { list: [1] };
      await store.append('run-1', alice, entry({ commits: [{ step_id: 'a', result: resultOf(output) }] }));
      output.list.push(2);
      expect((await store.getRun('run-1'))?.inputs).toEqual({ list: [1] });
      expect(await outputOf(store)).toEqual({ list: [1] });
    });

    it('gives each reader a copy of its own', async () => {
      const store = await withRun(await create());
      await store.append(
        'run-1',
        alice,
        entry({ commits: [{ step_id: 'a', result: resultOf({ list: [1] }) }] }),
      );
      const output = (await outputOf(store)) as { list: number[] };
      output.list.push(2);
      expect(await outputOf(store)).toEqual({ list: [1] });
    });
  });
}

const oddValues: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['false', false],
  ['zero', 0],
  ['a large number', 1.7976931348623157e308],
  ['a small number', 5e-324],
  ['an empty text', ''],
  ['text with quotes and line ends', '\'"\\\r\n\t'],
  ['text with a null character', 'a\u0000b'],
  ['text beyond the basic plane', '😀 \u202e עברית'],
  ['half of a surrogate pair', '\ud83d'],
  ['an empty list', []],
  ['an empty object', {}],
  ['nested lists', [[[]], [null]]],
  ['keys of every kind', { '': 1, ' ': 2, 'a.b': 3, "a'b": 4, constructor: 5, toString: 6 }],
  ['a key called __proto__', JSON.parse('{"__proto__": {"polluted": true}}')],
];

function resultOf(output: unknown): StepResult {
  return { id: 'a', status: 'succeeded', output, attempts: 1 };
}

async function outputOf(store: RunStore): Promise<unknown> {
  const [commit] = await store.readCommits('run-1');
  return commit?.result.output;
}
