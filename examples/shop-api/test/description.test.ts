import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startShopApi, type ShopApi } from '../src/index.ts';
import { apiRoutes } from '../src/routes/api-routes.ts';
import { findDifferences, findWrongExamples, listOperations, type Operation } from './description.ts';
import { exercises, type Exercise } from './exercises.ts';

const operations = new Map(listOperations().map((operation) => [operation.operationId, operation]));
const keyed = [...operations.values()].filter((operation) => !operation.isAnonymous);
const withBody = keyed.filter((operation) => operation.statuses.includes('415'));

let shop: ShopApi;
beforeAll(async () => {
  shop = await startShopApi();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('the description', () => {
  it('names the operations that the server has', () => {
    const documented = listOperations().map(({ operationId, method, path }) => ({
      operationId,
      method,
      path,
    }));
    const served = apiRoutes.map(({ operationId, method, path }) => ({ operationId, method, path }));
    expect(new Set(documented)).toEqual(new Set(served));
  });

  it('has examples that fit their schemas', () => {
    expect(findWrongExamples()).toEqual([]);
  });

  it('documents no answer that is not exercised here', () => {
    const exercised = new Set(exercises.map(({ operation, status }) => `${operation} ${status}`));
    for (const { operationId } of keyed) exercised.add(`${operationId} 401`);
    for (const { operationId } of withBody) exercised.add(`${operationId} 415`);
    const documented = listOperations().flatMap(({ operationId, statuses }) =>
      statuses.map((status) => `${operationId} ${status}`),
    );
    expect([...exercised].toSorted()).toEqual(documented.toSorted());
  });
});

describe('the server', () => {
  it.each(exercises)('answers $operation with $status as documented', async (exercise) => {
    for (const call of exercise.before ?? []) await send(call);
    const response = await send(exercise);
    expect(response.status).toBe(exercise.status);
    expect(await findDifferences(mustFind(exercise.operation), response)).toEqual([]);
  });

  it.each(keyed)('answers $operationId with 401 without the API key', async (operation) => {
    const response = await fetch(`${shop.url}${fill(operation.path)}`, { method: operation.method });
    expect(response.status).toBe(401);
    expect(await findDifferences(operation, response)).toEqual([]);
  });

  it.each(withBody)('answers $operationId with 415 for another media type', async (operation) => {
    const headers = { 'content-type': 'application/xml' };
    const response = await send({ operation: operation.operationId, headers, body: '<xml/>' });
    expect(response.status).toBe(415);
    expect(await findDifferences(operation, response)).toEqual([]);
  });
});

// --- internal ---

function send(exercise: Omit<Exercise, 'status'>): Promise<Response> {
  const { method, path } = mustFind(exercise.operation);
  const { params = {}, query = '', headers = {}, body } = exercise;
  const url = `${shop.url}${fill(path, params)}${query}`;
  const key = { 'x-api-key': 'shop-test-key' };
  if (body === undefined) return fetch(url, { method, headers: { ...key, ...headers } });
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  const content = isForm || typeof body === 'string' ? body : JSON.stringify(body);
  const mediaType = typeof body === 'string' ? 'text/plain' : 'application/json';
  const type: Record<string, string> = isForm ? {} : { 'content-type': mediaType };
  return fetch(url, { method, headers: { ...type, ...key, ...headers }, body: content });
}

function fill(path: string, params: Readonly<Record<string, string>> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(params[name] ?? 'any'));
}

function mustFind(operationId: string): Operation {
  const operation = operations.get(operationId);
  if (operation === undefined) throw new Error(`The description has no operation "${operationId}".`);
  return operation;
}
