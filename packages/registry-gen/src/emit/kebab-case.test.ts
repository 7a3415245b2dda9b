import { expect, it } from 'vitest';
import { toKebabCase } from './kebab-case.ts';

it.each([
  ['List order items', 'list-order-items'],
  [
    'Performs introspection of the provided Bearer JWT token',
    'performs-introspection-of-the-provided-bearer-jwt-token',
  ],
  ['getHTTPStatus2', 'get-http-status2'],
  ['listOrders2Go', 'list-orders2-go'],
  ['GitHub', 'git-hub'],
  ["a user's name (draft)", 'a-user-s-name-draft'],
  ['snake_case', 'snake-case'],
  ['Größe ändern', 'größe-ändern'],
  ['  ', ''],
])('writes %j as %j', (text, kebab) => {
  expect(toKebabCase(text)).toBe(kebab);
});
