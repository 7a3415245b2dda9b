/** `oatty workflow …`: manifests are checked, kept, shown and changed. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openCommandLine, openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

const charge = 'workflows/charge_and_wait.yaml';
const look =
  '# Look at all orders.\nworkflow: look\nsteps:\n  - id: all # every one\n    run: shop orders:list\n';

describe('workflow validate', () => {
  it('finds everything at once, with places, and ends with exit code 2', async () => {
    await using oatty = await shops.open();
    const bad = await oatty.write(
      'bad.yaml',
      'workflow: bad\nstps: []\nsteps:\n  - id: a\n    run: shop orders:lst\n  - id: a\n    run: shop orders:list\n    if: inputs.x ==\n',
    );
    const { exitCode, document } = await oatty.binary.json('workflow', 'validate', bad, charge);
    expect([exitCode, document.valid]).toEqual([2, false]);
    expect(document.files).toMatchObject([
      { path: bad, workflow_id: 'bad', valid: false, warnings: [] },
      { path: charge, workflow_id: 'charge_and_wait', valid: true, violations: [] },
    ]);
    const found = document.files[0].violations.map((violation: { path: string; line: number }) => [
      violation.path,
      violation.line,
    ]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['$.stps', 2],
        ['$.steps[0].run', 5],
        ['$.steps[1].id', 6],
        ['$.steps[1].if', 8],
      ]),
    );
  });

  it('is readable without --json', async () => {
    await using oatty = await shops.open();
    const { exitCode, stdout } = await oatty.run(
      'workflow',
      'validate',
      await oatty.write('look.yaml', look),
    );
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/look\.yaml: valid\n$/)]);
  });

  it.each<[string, string]>([
    ['broken YAML', 'workflow: [a'],
    ['an alias bomb', aliasBomb()],
    ['a list', '- a'],
    ['nothing', ''],
    ['text', 'hello'],
    [
      'names of prototypes',
      'workflow: x\n__proto__: { a: 1 }\nsteps: [{ id: constructor, run: shop __proto__ }]',
    ],
  ])('calls a file with %s invalid', async (_, text) => {
    await using oatty = await shops.open();
    const path = await oatty.write('bad.yaml', text);
    const { exitCode, document } = await oatty.json('workflow', 'validate', path);
    expect([exitCode, document.valid, document.files[0].violations.length > 0]).toEqual([2, false, true]);
  });

  it('reads stdin, and refuses what is no file', async () => {
    await using oatty = await shops.open();
    const stdin = await oatty.binary.runWith({ stdin: look }, 'workflow', 'validate', '-', '--json');
    expect([stdin.exitCode, JSON.parse(stdin.stdout).files[0].workflow_id]).toEqual([0, 'look']);
    for (const path of ['nope.yaml', '.']) {
      const outcome = await oatty.run('workflow', 'validate', path, '--json');
      expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'SOURCE_NOT_FOUND']);
    }
    const large = await oatty.write('large.yaml', `# ${'x'.repeat(1_100_000)}\n${look}`);
    const { exitCode, document } = await oatty.json('workflow', 'validate', large);
    expect([exitCode, document.files[0].violations[0].rule]).toEqual([2, 'limit_exceeded']);
  });
});

describe('workflow save, show, list', () => {
  it('keep the text of the author', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json('workflow', 'save', await oatty.write('a.yaml', look));
    expect(document).toMatchObject({ workflow_id: 'look', format: 'yaml', overwritten: false, warnings: [] });
    expect((await oatty.binary.run('workflow', 'show', 'look')).stdout).toBe(look);
    const { document: shown } = await oatty.json('workflow', 'show', 'look');
    expect(shown).toEqual({
      workflow_id: 'look',
      path: join(oatty.home, 'workflows/look.yaml'),
      format: 'yaml',
      content: look,
      parsed: { workflow: 'look', steps: [{ id: 'all', run: 'shop orders:list' }] },
      version: document.version,
    });
    const { document: list } = await oatty.json('workflow', 'list');
    expect(list).toEqual({
      items: [
        {
          workflow_id: 'look',
          title: null,
          description: null,
          path: shown.path,
          format: 'yaml',
          version: document.version,
          inputs: 0,
          steps: 1,
        },
      ],
      problems: [],
    });
    expect((await oatty.binary.run('workflow', 'list')).stdout).toBe(
      'WORKFLOW  INPUTS  STEPS  TITLE\nlook      0       1\n',
    );
  });

  it('replace a workflow only when asked to, and only the version that was meant', async () => {
    await using oatty = await shops.open();
    const path = await oatty.write('a.yaml', look);
    const { document: first } = await oatty.json('workflow', 'save', path);
    expect(errorOf(await oatty.run('workflow', 'save', path, '--json')).error_code).toBe(
      'WORKFLOW_ALREADY_EXISTS',
    );
    await oatty.write('a.yaml', `${look}title: Look\n`);
    const { document: second } = await oatty.json(
      'workflow',
      'save',
      path,
      '--overwrite',
      '--expected-version',
      first.version,
    );
    expect(second.overwritten).toBe(true);
    const late = await oatty.run(
      'workflow',
      'save',
      path,
      '--overwrite',
      '--expected-version',
      first.version,
      '--json',
    );
    expect([late.exitCode, errorOf(late).error_code]).toEqual([1, 'WORKFLOW_VERSION_CONFLICT']);
  });

  it('save nothing that is not valid', async () => {
    await using oatty = await shops.open();
    const outcome = await oatty.runWith(
      { stdin: 'workflow: x\nsteps: []\n' },
      'workflow',
      'save',
      '-',
      '--json',
    );
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'WORKFLOW_VALIDATION_FAILED']);
    expect(errorOf(outcome).violations[0]).toMatchObject({ path: '$.steps', line: 2 });
    expect((await oatty.json('workflow', 'list')).document.items).toEqual([]);
  });

  it('warn of a file that holds no workflow, and show the others', async () => {
    await using oatty = await shops.open();
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    await oatty.write('workflows/broken.yaml', 'workflow: [');
    const { exitCode, stdout, stderr } = await oatty.run('workflow', 'list');
    expect([exitCode, stdout.includes('look'), stderr.includes('broken.yaml')]).toEqual([0, true, true]);
    expect((await oatty.json('workflow', 'list')).document.problems).toHaveLength(1);
  });

  it.each(['nope', '..', '../registry', '__proto__', 'a/b', ''])('refuse the id "%s"', async (id) => {
    await using oatty = await openCommandLine();
    const outcome = await oatty.run('workflow', 'show', id, '--json');
    expect([outcome.exitCode, outcome.stdout]).toEqual([2, '']);
  });
});

describe('workflow inputs, plan and render', () => {
  it('show what would be asked for', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json('workflow', 'inputs', charge);
    expect(document).toMatchObject({ workflow_id: 'charge_and_wait', required_missing: ['order_id'] });
    const given = await oatty.json('workflow', 'inputs', charge, '--input', 'order_id=ord_1');
    expect(given.document.required_missing).toEqual([]);
    const { stdout } = await oatty.run('workflow', 'inputs', charge);
    expect(stdout).toMatch(/^INPUT +TYPE +REQUIRED +MISSING +DESCRIPTION\norder_id +string +yes +yes /);
  });

  it('show the steps in the order of running, decided as far as the inputs tell', async () => {
    await using oatty = await shops.open();
    const steps = `workflow: choose
inputs: { go: { type: boolean } }
steps:
  - { id: b, run: shop orders:list, depends_on: [a], if: inputs.go }
  - { id: a, run: 'shop orders:delete', with: { order: ord_1 } }
`;
    const path = await oatty.write('choose.yaml', steps);
    const { document } = await oatty.json('workflow', 'plan', path, '--input', 'go=false');
    expect(document).toMatchObject({
      workflow_id: 'choose',
      effect: 'destructive',
      plan_hash: expect.any(String),
    });
    expect(
      document.steps.map(({ step_id, will_run }: { step_id: string; will_run: boolean }) => [
        step_id,
        will_run,
      ]),
    ).toEqual([
      ['a', true],
      ['b', false],
    ]);
    const values = await oatty.write('values.json', '{"go": true}');
    const { stdout } = await oatty.binary.run('workflow', 'plan', path, '--inputs', values);
    expect(stdout).toMatch(/\n2 +b +yes +safe +a +shop orders:list\nchoose is destructive as a whole\.\n$/);
  });

  it('fill in templates as far as they can be known', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.json('workflow', 'render', charge, '--input', 'order_id=ord_1');
    expect(document.rendered_steps[1]).toMatchObject({
      step_id: 'charge',
      with: { order: 'ord_1', source: 'tok_visa' },
      request: { method: 'POST', url: `${shops.shop.url}/payments` },
    });
    expect(document.unresolved).toContainEqual({
      path: '$.steps[2].with.payment',
      expression: 'steps.charge.id',
    });
    const { stdout } = await oatty.binary.run('workflow', 'render', charge, '--input', 'order_id=ord_1');
    expect(stdout).toContain(`  request  POST ${shops.shop.url}/payments\n`);
    expect(stdout).not.toContain('shop-test-key');
    expect(shops.shop.calls()).toEqual([]);
  });
});

describe('workflow rename and delete', () => {
  it('change the id inside the text, and nothing else', async () => {
    await using oatty = await shops.open();
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    const { document } = await oatty.binary.json('workflow', 'rename', 'look', 'see');
    expect(document).toMatchObject({ workflow_id: 'see', renamed_from: 'look', overwritten: false });
    expect((await oatty.run('workflow', 'show', 'see')).stdout).toBe(
      look.replace('workflow: look', 'workflow: see'),
    );
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    const taken = await oatty.run('workflow', 'rename', 'see', 'look', '--json');
    expect([taken.exitCode, errorOf(taken).error_code]).toEqual([1, 'WORKFLOW_ALREADY_EXISTS']);
    expect((await oatty.json('workflow', 'rename', 'see', 'look', '--overwrite')).document.overwritten).toBe(
      true,
    );
    const bad = await oatty.run('workflow', 'rename', 'look', '../escape', '--json');
    expect([bad.exitCode, errorOf(bad).error_code]).toEqual([2, 'WORKFLOW_IDENTIFIER_INVALID']);
  });

  it('ask before they delete, and take --yes for an answer', async () => {
    await using oatty = await shops.open();
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    const asked = await oatty.run('workflow', 'delete', 'look', '--json');
    expect([asked.exitCode, errorOf(asked).error_code]).toEqual([1, 'CONFIRMATION_REQUIRED']);
    const { document } = await oatty.binary.json('workflow', 'delete', 'look', '--yes');
    expect(document).toEqual({
      deleted: true,
      workflow_id: 'look',
      warnings: [],
      path: join(oatty.home, 'workflows/look.yaml'),
    });
    expect((await oatty.json('workflow', 'list')).document.items).toEqual([]);
  });
});

describe('workflow export', () => {
  it('writes the text of the author, or another format', async () => {
    await using oatty = await shops.open();
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    const target = join(oatty.home, 'out.yaml');
    const { document } = await oatty.binary.json('workflow', 'export', 'look', target);
    expect(document).toEqual({
      workflow_id: 'look',
      output_path: target,
      format: 'yaml',
      bytes_written: Buffer.byteLength(look),
    });
    expect(await oatty.read('out.yaml')).toBe(look);
    await oatty.run('workflow', 'export', 'look', join(oatty.home, 'out.json'), '--format', 'json');
    expect(JSON.parse(await oatty.read('out.json'))).toEqual({
      workflow: 'look',
      steps: [{ id: 'all', run: 'shop orders:list' }],
    });
  });

  it('never replaces a file, and never writes what does not parse', async () => {
    await using oatty = await shops.open();
    await mkdir(join(oatty.home, 'workflows'), { recursive: true });
    await oatty.run('workflow', 'save', await oatty.write('a.yaml', look));
    const kept = await oatty.write('kept.yaml', 'mine');
    const outcome = await oatty.run('workflow', 'export', 'look', kept, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code, await oatty.read('kept.yaml')]).toEqual([
      1,
      'STORAGE_FAILED',
      'mine',
    ]);
  });
});

// --- internal ---

function aliasBomb(): string {
  const lines = ['workflow: bomb', 'a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const previous = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${previous}]`);
  }
  return lines.join('\n');
}
