import { describe, expect, it } from 'vitest';
import { defaultTextLimits, parseWorkflowText } from './parse-workflow-text.ts';

const yaml = `# A greeting.
workflow: greet
steps:
  - id: hello
    run: shop orders:list   # all of them
    with: { name: "Ann", "tag-x": &t 'vip' }
    body:
      - *t
      - |
        two
        lines
`;

describe('parseWorkflowText', () => {
  it('reads YAML', async () => {
    const { value, format } = await parseWorkflowText(yaml);
    expect(format).toBe('yaml');
    expect(value).toEqual({
      workflow: 'greet',
      steps: [
        {
          id: 'hello',
          run: 'shop orders:list',
          with: { name: 'Ann', 'tag-x': 'vip' },
          body: ['vip', 'two\nlines\n'],
        },
      ],
    });
  });

  it.each([
    ['{"workflow": "greet", "steps": [{"id": "\\ud83d\\ude00"}]}'],
    ['\uFEFF{\n\t"a": {},\n\t"b": [1.5e3, null, true, "\\/"]\n}\r\n'],
  ])('reads the JSON %j as JSON does', async (text) => {
    const { value, format } = await parseWorkflowText(text);
    expect([format, value]).toEqual(['json', JSON.parse(text.replace('\uFEFF', ''))]);
  });

  it('reads YAML 1.2: only true and false are booleans, dates are texts', async () => {
    const { value } = await parseWorkflowText('a: yes\nb: 2024-01-01\nc: 0o17\nd: ~\n1: one\nnull: none');
    expect(value).toEqual({ a: 'yes', b: '2024-01-01', c: 15, d: null, 1: 'one', null: 'none' });
  });

  it('takes __proto__ for an ordinary key', async () => {
    const { value } = await parseWorkflowText('__proto__: { polluted: true }\nconstructor: 1');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(value).not.toHaveProperty('polluted');
  });

  it('gives null for an empty text', async () => {
    expect((await parseWorkflowText('# nothing\n')).value).toBeNull();
  });
});

describe('the place of a part', () => {
  it('reads a text once and still finds its places', async () => {
    const first = await parseWorkflowText(yaml);
    const second = await parseWorkflowText(yaml);
    expect(second.value).toBe(first.value);
    expect(second.locate(['steps', 0])).toEqual(first.locate(['steps', 0]));
    expect(Object.isFrozen(second.value)).toBe(true);
  });

  it('is where its value begins, or its key', async () => {
    const { locate } = await parseWorkflowText(yaml);
    expect(locate(['steps', 0, 'run'])).toMatchObject({ line: 5, column: 10 });
    expect(locate(['steps', 0, 'run'], 'key')).toMatchObject({ line: 5, column: 5 });
    expect(locate(['steps', 0])).toEqual({ line: 4, column: 5 });
    expect(locate([])).toEqual({ line: 2, column: 1 });
  });

  it('is known inside a text too, whatever the way it is written', async () => {
    const { locate } = await parseWorkflowText(yaml);
    expect(locate(['steps', 0, 'with', 'name'])?.inside?.(1)).toEqual({ line: 6, column: 21 });
    expect(locate(['steps', 0, 'body', 1])?.inside?.('two\n'.length)).toEqual({ line: 11, column: 9 });
    expect(locate(['steps', 0, 'body', 0])?.inside).toBeUndefined();
  });

  it('does not count a byte order mark', async () => {
    const { locate } = await parseWorkflowText('\uFEFFa: b\nc: d');
    expect(locate(['a'])).toMatchObject({ line: 1, column: 4 });
    expect(locate(['c'])).toMatchObject({ line: 2, column: 4 });
    expect(locate([])).toEqual({ line: 1, column: 1 });
  });

  it('is found through an alias', async () => {
    const { locate } = await parseWorkflowText('base: &b { run: x }\nstep: *b');
    expect(locate(['step', 'run'])).toMatchObject({ line: 1, column: 17 });
    expect(locate(['step'])).toMatchObject({ line: 2, column: 7 });
  });

  it('is unknown for what is not there', async () => {
    const { locate } = await parseWorkflowText(yaml);
    const paths = [
      ['steps', 1],
      ['steps', 'x'],
      ['workflow', 'x'],
      ['steps', 0, 'nope', 'deeper'],
    ];
    expect(paths.map((path) => locate(path))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('is known in JSON too', async () => {
    const { locate } = await parseWorkflowText('{\n\t"steps": [\n\t\t{ "id": "a" }\n\t]\n}');
    expect(locate(['steps', 0, 'id'])).toMatchObject({ line: 3, column: 11 });
  });
});

describe('a text that cannot be read', () => {
  it.each([
    ['a: [1, 2', 1, 9],
    ['a: 1\nb: 2\na: 3', 3, 1],
    ['a:\n\tb: 1', 2, 1],
    ['a: 1\n---\nb: 2', 2, 1],
    ['a: !!js/function "x"', 1, 4],
    ['a: !secret x', 1, 4],
    ['a: *nowhere', 1, 4],
    ['? [x]\n: y', 1, 3],
    ['a: "x', 1, 6],
    ['{"a": 1,}', 1, 9],
    ['{"a": tru}', 1, 10],
    ['{\n  "a": [1, {"b": nul}]\n}', 2, 21],
    ['{"a": 1', 1, 8],
    ['{"a": 1, "a": 2}', 1, 10],
    ["{'a': 1}", 1, 2],
    ['{"a": 1} // no', 1, 10],
  ])('names the place: %j', async (text, line, column) => {
    await expect(parseWorkflowText(text)).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
      options: { context: { line, column } },
    });
  });

  it.each([
    ['with: { id: ${{ inputs.id }} }', "'${{ … }}'"],
    ['if: inputs.a ? 1 : 2', '": "'],
    ['if: !inputs.a', '"!"'],
    ['if: "inputs.a == "b""', 'the other kind'],
    ['id:a\nrun: b', 'a space after the ":"'],
    ['a:\n\tb: 1', 'spaces'],
    ['a: @b', 'into quotes'],
    ['with:\n  order: {{ inputs.order }}', `Write "order: '\${{ inputs.order }}'".`],
    ['with: [{{ inputs.order }}]', "into quotes: '${{ … }}'"],
    ['```yaml\nworkflow: greet\n```', 'Remove the lines that begin with ```.'],
    ['```json\n{"workflow": "greet"}\n```', 'Remove the lines that begin with ```.'],
    ['a: 1\n---\na: 2', 'one workflow at a time'],
    ['a: 1\na: 2', 'Remove one of the two "a".'],
    ['{"a": [1, ]}', 'Remove the comma before the "]".'],
    ["{'a': 1}", 'double quotes'],
    ['{"a": 1 } // done', 'Remove the comment'],
  ])('gets advice on what people write: %j', async (text, advice) => {
    await expect(parseWorkflowText(text)).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
      suggestedAction: expect.stringContaining(advice) as string,
    });
  });

  it('is not quoted in the message', async () => {
    const text = `{"password": "hunter2", "x": ${' '.repeat(40)}oops}`;
    await expect(parseWorkflowText(text)).rejects.toMatchObject({
      message: expect.not.stringContaining('hunter2') as string,
    });
  });

  it('is JSON where JSON was announced', async () => {
    await expect(parseWorkflowText('workflow: greet', 'json')).rejects.toMatchObject({
      code: 'WORKFLOW_PARSE_FAILED',
      options: { context: { line: 1, column: 1 } },
    });
  });
});

describe('a text without measure', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(9)}]`),
    )
    .join('\n');

  it.each([
    ['that is too long', 'a'.repeat(defaultTextLimits.maxBytes + 1), 'maxBytes'],
    ['of aliases of aliases', bomb, 'maxValues'],
    ['that contains itself', 'a: &a\n  b: *a', 'maxDepth'],
    ['of 101 lists in each other', `${'['.repeat(102)}${']'.repeat(102)}`, 'maxDepth'],
    ['of 100,000 lists in each other', '['.repeat(100_000), 'maxDepth'],
    [
      'of 100,000 lists in each other, as JSON',
      `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'maxDepth',
    ],
    ['of too many values', `[${'1,'.repeat(50_001)}]`, 'maxValues'],
  ])('is refused: one %s', async (_, text, limit) => {
    await expect(parseWorkflowText(text)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit } },
    });
  });

  it('is refused at the limit that was given', async () => {
    const limits = { maxBytes: 100, maxDepth: 2, maxValues: 5 };
    await expect(parseWorkflowText('a: { b: { c: 1 } }', 'yaml', limits)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
    expect((await parseWorkflowText('a: { b: 1 }', 'yaml', limits)).value).toEqual({ a: { b: 1 } });
  });

  it('of many keys in one map is none', async () => {
    const text = Array.from({ length: 20_000 }, (_, number) => `k${number}: ${number}`).join('\n');
    expect(Object.keys((await parseWorkflowText(text)).value as object)).toHaveLength(20_000);
  });
});
