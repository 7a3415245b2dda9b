import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse-query.ts';

describe('parseQuery', () => {
  it.each([
    ['list orders', 'read'],
    ['show the order', 'read'],
    ['create an order', 'write'],
    ['remove label', 'write'],
    ['star a repository', 'write'],
    ['comment on an issue', 'write'],
    ['members of a team', 'unknown'],
    ['issues assigned to me', 'unknown'],
    ['rate limit', 'unknown'],
  ])('understands what "%s" wants', (text, intent) => {
    expect(parseQuery(text).intent).toBe(intent);
  });

  it('takes the first verb for the action and later ones for words of little weight', () => {
    const { concepts } = parseQuery('list open orders');
    expect(concepts.map(({ kind, word, weight }) => ({ kind, word, weight }))).toEqual([
      { kind: 'action', word: 'list', weight: 1 },
      { kind: 'word', word: 'open', weight: 0.4 },
      { kind: 'word', word: 'orders', weight: 1 },
    ]);
  });

  it('gives the place to look less weight than what is looked for', () => {
    const weights = parseQuery('commits of a branch').concepts.map(({ word, weight }) => ({ word, weight }));
    expect(weights).toContainEqual({ word: 'commits', weight: 1 });
    expect(weights).toContainEqual({ word: 'branch', weight: 0.7 });
  });

  it('drops words that say nothing', () => {
    expect(parseQuery('how can I find all of the orders').concepts.map(({ word }) => word)).toEqual([
      '',
      'find',
      'orders',
    ]);
  });

  it('spells abbreviations out', () => {
    expect(parseQuery('open a PR').concepts.map(({ stem }) => stem)).toEqual(['open', 'pull', 'request']);
  });

  it('knows synonyms and the actions of verbs', () => {
    const [verb, noun] = parseQuery('erase repo').concepts;
    expect(verb?.terms.get('=delete')).toBe(1);
    expect([...(noun?.terms.keys() ?? [])]).toEqual(['repo', 'repository', 'project']);
  });

  it('reads a bounded number of words', () => {
    const words = Array.from({ length: 100 }, (_, number) => `w${number}`).join(' ');
    expect(parseQuery(words).concepts).toHaveLength(33);
  });
});
