import { describe, expect, it } from 'vitest';
import type { CommandDocument } from '@oatty/runtime';
import { completeCall } from './complete-call.ts';
import type { LiveValues } from './live-values.ts';

describe('completeCall', () => {
  it.each<[string, readonly string[]]>([
    ['wo', ['worker', 'workflow']],
    ['sho', ['shop']],
    ['catalog li', ['list']],
    ['help catalog li', ['list']],
    ['--json catalog li', ['list']],
    ['--quie', ['--quiet']],
    ['workflow show f', ['fulfil']],
    ['catalog show ', ['shop-api']],
    ['run fulfil ', []],
    ['search x --vendor ', ['shop']],
    ['worker --queue ', ['slow']],
    ['mcp --transport ', ['stdio', 'http']],
    ['mcp --transport=s', ['--transport=stdio']],
    ['mcp --transport http --transp', []],
    ['mcp --allowed-host a --allowed-h', ['--allowed-host']],
    ['run fulfil --input a=1 --dry', ['--dry-run']],
    ['run fulfil -- --', []],
    ['completion z', ['zsh']],
    ['exec sh', ['shop']],
    ['exec shop orders:l', ['orders:list']],
    ['shop orders:l', ['orders:list']],
    ['shop orders:list --sta', ['--status']],
    ['shop orders:list --status o', ['open']],
    ['shop orders:list eu', ['eu']],
    ['shop orders:none --', []],
    ['none ', []],
    ['workflow none ', []],
  ])('oatty %s', async (line, expected) => {
    const { candidates } = await completeCall(line.split(' '), someValues);
    expect(candidates.map(({ value }) => value)).toEqual(expected);
  });

  it('offers every word that may begin a call', async () => {
    const { candidates } = await completeCall([''], someValues);
    const words = candidates.map(({ value }) => value);
    expect(words).toEqual(expect.arrayContaining(['help', 'run', 'workflow', 'completion', 'shop']));
    expect(new Set(words).size).toBe(words.length);
  });

  it.each([
    ['run ', true],
    ['workflow validate a.yaml ', true],
    ['import ', true],
    ['workflow show ', false],
    ['run fulfil --input ', false],
    ['shop orders:list --body ', true],
  ])('oatty %s: files %s', async (line, expected) => {
    expect((await completeCall(line.split(' '), someValues)).files).toBe(expected);
  });

  it('leaves out what a shell would not take as it is', async () => {
    const odd = ['two words', '$(reboot)', 'a;b', 'line\nbreak', 'fine'].map((value) => ({ value }));
    const { candidates } = await completeCall(['workflow', 'show', ''], {
      ...someValues,
      of: async () => odd,
    });
    expect(candidates).toEqual([{ value: 'fine' }]);
  });
});

// --- internal ---

const someValues: LiveValues = {
  of: async (kind) =>
    ({
      workflow: ['fulfil', 'look'],
      catalog: ['shop-api'],
      vendor: ['shop'],
      run: ['run-1'],
      queue: ['slow'],
    })[kind].map((value) => ({ value })),
  commandsOf: async (vendor) =>
    vendor === 'shop' ? [{ value: 'orders:list' }, { value: 'orders:info' }] : [],
  command: async (id) => (id === 'shop orders:list' ? aCommand : undefined),
};

const aCommand: CommandDocument = {
  catalog_id: 'shop-api',
  enabled: true,
  schemas: {},
  command: {
    id: 'shop orders:list',
    summary: 'List orders',
    effect: 'safe',
    parameters: [
      { name: 'region', in: 'path', required: true, schema: { type: 'string', enum: ['eu', 'us'] } },
      { name: 'status', in: 'query', required: false, schema: { type: 'string', enum: ['open', 'paid'] } },
    ],
    execution: { kind: 'module', handler: 'orders' },
  },
};
