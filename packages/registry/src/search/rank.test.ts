import { describe, expect, it } from 'vitest';
import type { Command, HttpMethod } from '@oatty/types';
import { aCommand } from '../../test/builders/a-manifest.ts';
import { parseQuery } from './parse-query.ts';
import { rank } from './rank.ts';
import type { SearchedCatalog } from './rank.ts';
import { buildSearchIndex } from './search-index.ts';

function anOperation(
  method: HttpMethod,
  path: string,
  summary: string,
  fields: Partial<Command> = {},
): Command {
  const effect = method === 'GET' ? 'safe' : method === 'DELETE' ? 'destructive' : 'standard';
  return aCommand(`hub ${method} ${path}`, {
    summary,
    effect,
    execution: { kind: 'http', method, path },
    ...fields,
  });
}

const hub = [
  anOperation('GET', '/repos/{repo}/issues', 'List repository issues'),
  anOperation('POST', '/repos/{repo}/issues', 'Create an issue'),
  anOperation('GET', '/repos/{repo}/issues/{issue}', 'Get an issue'),
  anOperation('PATCH', '/repos/{repo}/issues/{issue}', 'Update an issue'),
  anOperation('POST', '/repos/{repo}/issues/{issue}/comments', 'Create an issue comment'),
  anOperation('POST', '/repos/{repo}/issues/{issue}/labels', 'Add labels to an issue'),
  anOperation('DELETE', '/repos/{repo}/issues/{issue}/labels/{label}', 'Remove a label from an issue'),
  anOperation('GET', '/repos', 'List public repositories'),
  anOperation('GET', '/user/repos', 'List repositories for the authenticated user'),
  anOperation('GET', '/user', 'Get the authenticated user'),
  anOperation('GET', '/users/{user}', 'Get a user'),
  anOperation('POST', '/repos/{repo}/pulls', 'Create a pull request'),
  anOperation('PUT', '/repos/{repo}/pulls/{pull}/merge', 'Merge a pull request'),
  anOperation('GET', '/repos/{repo}/pulls/{pull}/merge', 'Check if a pull request has been merged'),
  anOperation('GET', '/rate_limit', 'Get rate limit status'),
];

function aCatalog(commands: readonly Command[], vendor = 'hub'): SearchedCatalog {
  const sorted = [...commands].sort((first, second) => (first.id < second.id ? -1 : 1));
  const idAt = (position: number) => sorted[position]?.id ?? '';
  const positionOf = (id: string) => sorted.findIndex((command) => command.id === id);
  return { vendor, title: vendor, index: buildSearchIndex(sorted), idAt, positionOf };
}

function search(query: string, catalogs = [aCatalog(hub)], options = {}) {
  return rank(parseQuery(query), catalogs, { limit: 5, exactId: '', ...options });
}

function firstOf(query: string): string | undefined {
  return search(query).hits[0]?.id.replace('hub ', '');
}

describe('rank', () => {
  it.each([
    ['create an issue', 'POST /repos/{repo}/issues'],
    ['new issue', 'POST /repos/{repo}/issues'],
    ['creat isue', 'POST /repos/{repo}/issues'],
    ['edit issue', 'PATCH /repos/{repo}/issues/{issue}'],
    ['repository issues', 'GET /repos/{repo}/issues'],
    ['comment on an issue', 'POST /repos/{repo}/issues/{issue}/comments'],
    ['add label to issue', 'POST /repos/{repo}/issues/{issue}/labels'],
    ['erase a label', 'DELETE /repos/{repo}/issues/{issue}/labels/{label}'],
    ['list my repositories', 'GET /user/repos'],
    ['who am i', 'GET /user'],
    ['open a PR', 'POST /repos/{repo}/pulls'],
    ['merge a pull request', 'PUT /repos/{repo}/pulls/{pull}/merge'],
    ['was the pull request merged', 'GET /repos/{repo}/pulls/{pull}/merge'],
    ['rate limits', 'GET /rate_limit'],
  ])('answers "%s" with %s', (query, id) => {
    expect(firstOf(query)).toBe(id);
  });

  it('finds by tag, operation id, parameter and description', () => {
    const commands = [
      anOperation('GET', '/a', 'First', { tags: ['billing'] }),
      anOperation('GET', '/b', 'Second', { operation_id: 'countWidgets' }),
      anOperation('GET', '/c', 'Third', {
        parameters: [{ name: 'currency', in: 'query', required: false, schema: {} }],
      }),
      anOperation('GET', '/d', 'Fourth', { description: 'Sends a <b>telegram</b>.' }),
    ];
    const found = ['billing', 'widgets', 'currencies', 'telegram'].map((query) =>
      search(query, [aCatalog(commands)]).hits.map(({ id }) => id),
    );
    expect(found).toEqual([['hub GET /a'], ['hub GET /b'], ['hub GET /c'], ['hub GET /d']]);
  });

  it('prefers what a rare verb names to its action', () => {
    const commands = [
      ...hub,
      anOperation('DELETE', '/repos/{repo}', 'Delete a repository'),
      anOperation('PUT', '/user/starred/{repo}', 'Star a repository for the authenticated user'),
      anOperation('DELETE', '/user/starred/{repo}', 'Unstar a repository for the authenticated user'),
    ];
    expect(search('unstar repo', [aCatalog(commands)]).hits[0]?.id).toBe('hub DELETE /user/starred/{repo}');
  });

  it('puts a deprecated twin behind', () => {
    const commands = [
      anOperation('GET', '/a/widgets', 'List widgets', { deprecated: true }),
      anOperation('GET', '/b/widgets', 'List widgets'),
    ];
    expect(search('list widgets', [aCatalog(commands)]).hits.map(({ id }) => id)).toEqual([
      'hub GET /b/widgets',
      'hub GET /a/widgets',
    ]);
  });

  it('counts what matches and shows no more than the limit', () => {
    const { hits, total } = search('issue', undefined, { limit: 2 });
    expect([hits.length, total]).toEqual([2, 7]);
  });

  it('finds nothing for words that no command has', () => {
    expect(search('weather forecast')).toEqual({ hits: [], total: 0 });
    expect(search('the of')).toEqual({ hits: [], total: 0 });
  });

  it('breaks ties in id order, over catalogs too', () => {
    const twins = ['b', 'd', 'a', 'c'].map((vendor) =>
      aCatalog(
        [
          aCommand(`${vendor} widgets`, {
            summary: 'Widgets',
            execution: { kind: 'http', method: 'GET', path: '/widgets' },
          }),
        ],
        vendor,
      ),
    );
    expect(search('widgets', twins).hits.map(({ id }) => id)).toEqual([
      'a widgets',
      'b widgets',
      'c widgets',
      'd widgets',
    ]);
  });

  it('prefers the catalog whose vendor is named', () => {
    const [one, two] = ['alpha', 'beta'].map((vendor) =>
      aCatalog(
        [
          aCommand(`${vendor} widgets`, {
            summary: 'Widgets',
            execution: { kind: 'http', method: 'GET', path: '/widgets' },
          }),
        ],
        vendor,
      ),
    );
    expect(search('beta widgets', [one!, two!]).hits.map(({ id }) => id)).toEqual([
      'beta widgets',
      'alpha widgets',
    ]);
  });

  it('puts the command whose id was typed first', () => {
    const exactId = 'hub GET /repos/{repo}/issues/{issue}';
    expect(search(exactId, undefined, { exactId }).hits[0]?.id).toBe(exactId);
  });

  it('ranks commands that are not HTTP by their names', () => {
    const commands = [
      aCommand('hello greet-person', {
        summary: 'Says hello',
        execution: { kind: 'module', handler: 'greet' },
      }),
      aCommand('hello count', { summary: 'Counts', execution: { kind: 'module', handler: 'count' } }),
    ];
    expect(search('greet', [aCatalog(commands, 'hello')]).hits.map(({ id }) => id)).toEqual([
      'hello greet-person',
    ]);
  });

  it('leaves nothing of one query to the next', () => {
    const catalogs = [aCatalog(hub), aCatalog(hub, 'lab')];
    const queries = ['creat isue', 'get a user', 'hub', 'remove labels', 'merge'];
    const alone = queries.map((query) => search(query, [aCatalog(hub), aCatalog(hub, 'lab')]));
    for (const [at, query] of [...queries, ...queries].entries()) {
      const { hits, total } = search(query, catalogs);
      const expected = alone[at % queries.length];
      expect(hits.map(({ id, score }) => [id, score])).toEqual(
        expected?.hits.map(({ id, score }) => [id, score]),
      );
      expect(total).toBe(expected?.total);
    }
  });
});
