import type { Answer } from '../http/answer.ts';
import { mustFind } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Category } from '../state/model.ts';
import type { Shop } from '../state/shop.ts';

export const categoryRoutes: readonly Route[] = [
  { operationId: 'listCategories', method: 'GET', path: '/categories', answer: listCategories },
  { operationId: 'getCategory', method: 'GET', path: '/categories/{category}', answer: getCategory },
];

// --- internal ---

/** A category as the API shows it: downwards it holds the whole tree, upwards one parent without children. */
interface CategoryNode {
  readonly id: string;
  readonly name: string;
  readonly parent: CategoryNode | null;
  readonly children?: readonly CategoryNode[];
}

function listCategories(_request: ShopRequest, shop: Shop): Answer {
  const roots = [...shop.categories.values()].filter((category) => category.parent === null);
  return { status: 200, body: { items: roots.map((root) => toNode(shop, root)) } };
}

function getCategory(request: ShopRequest, shop: Shop): Answer {
  return {
    status: 200,
    body: toNode(shop, mustFind(shop.categories, 'category', request.param('category'))),
  };
}

function toNode(shop: Shop, category: Category): CategoryNode {
  const children = [...shop.categories.values()].filter(({ parent }) => parent === category.id);
  return { ...toLeaf(shop, category), children: children.map((child) => toNode(shop, child)) };
}

function toLeaf(shop: Shop, { id, name, parent }: Category): CategoryNode {
  const above = parent === null ? undefined : shop.categories.get(parent);
  return { id, name, parent: above === undefined ? null : { id: above.id, name: above.name, parent: null } };
}
