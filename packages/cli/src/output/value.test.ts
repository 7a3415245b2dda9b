import { describe, expect, it } from 'vitest';
import { plainStyle } from './text-style.ts';
import { findList, toReadableValue } from './value.ts';

const terminal = { ...plainStyle, isTerminal: true, width: 80 };

describe('toReadableValue', () => {
  it('shows a list of objects as a table of its plain fields', () => {
    const value = [
      { id: 'ord_1', total: 5, customer: { id: 'c' } },
      { id: 'ord_2', paid: true },
    ];
    expect(toReadableValue(value, plainStyle)).toBe('ID     TOTAL  PAID\nord_1  5\nord_2         true');
  });

  it('shows why something in a list failed', () => {
    const value = [
      { index: 0, outcome: 'created' },
      { index: 1, outcome: 'failed', error: { error_code: 'ARGUMENT_INVALID', message: 'No title.' } },
    ];
    expect(toReadableValue(value, plainStyle)).toBe(
      'INDEX  OUTCOME  ERROR\n0      created\n1      failed   No title.',
    );
  });

  it('leaves addresses out where there are enough other fields', () => {
    const names = ['url', 'id', 'html_url', 'a', 'b', 'c', 'd', 'e', 'f', 'curl'];
    const [heading] = toReadableValue([Object.fromEntries(names.map((name) => [name, 1]))], plainStyle).split(
      '\n',
    );
    expect(heading).toBe('ID  A  B  C  D  E  F  CURL');
  });

  it('shows a list without plain fields as JSON', () => {
    expect(toReadableValue([{ a: {} }], plainStyle)).toBe('[\n  {\n    "a": {}\n  }\n]');
  });

  it('shows null as nothing, and the rest as JSON', () => {
    expect(toReadableValue(null, plainStyle)).toBe('');
    expect(toReadableValue({ a: [1] }, plainStyle)).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(toReadableValue([], plainStyle)).toBe('[]');
    expect(toReadableValue(0, plainStyle)).toBe('0');
    expect(toReadableValue([1, { a: 1 }], plainStyle)).toContain('"a": 1');
  });

  it('passes text into a pipe as it came, and to a terminal without what could control it', () => {
    expect(toReadableValue('a\u001B[31mb', plainStyle)).toBe('a\u001B[31mb');
    expect(toReadableValue('a\u001B[31mb', terminal)).toBe('a�[31mb');
  });

  it('treats __proto__ in an answer as a field like any other', () => {
    const value: unknown = JSON.parse('[{"__proto__": 1, "id": 2}]');
    expect(toReadableValue(value, plainStyle)).toBe('__PROTO__  ID\n1          2');
  });
});

describe('findList', () => {
  it('takes the list and what stands beside it', () => {
    const body = {
      items: [{ id: 1 }],
      next_cursor: 'c',
      has_more: true,
      is_last: false,
      links: {},
      total: null,
    };
    expect(findList(body, 'items')).toEqual({
      list: [{ id: 1 }],
      rest: { next_cursor: 'c', has_more: true },
    });
  });

  it('follows a path', () => {
    expect(findList({ data: { rows: [] } }, 'data.rows')).toEqual({ list: [], rest: {} });
  });

  it.each([
    [[1], '.'],
    [{ items: 1 }, 'items'],
    [{ items: [] }, undefined],
    [{ items: [], sample: [{ id: 1 }] }, 'items'],
    [{}, '__proto__.items'],
  ])('finds none in %j at %s', (body, path) => {
    expect(findList(body, path)).toBeUndefined();
  });
});
