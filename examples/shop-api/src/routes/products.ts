import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { booleanText, checkBody, checkForm, checkQuery } from '../http/check.ts';
import { limitText, pageByCursor, toLinkHeader } from '../http/pages.ts';
import { mustFind } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { ProductImage } from '../state/model.ts';
import type { Shop } from '../state/shop.ts';

export const productRoutes: readonly Route[] = [
  { operationId: 'listProducts', method: 'GET', path: '/products', answer: listProducts },
  { operationId: 'getProduct', method: 'GET', path: '/products/{product}', answer: getProduct },
  {
    operationId: 'updateProduct',
    method: 'PATCH',
    path: '/products/{product}',
    body: 'json',
    answer: updateProduct,
  },
  { operationId: 'listProductImages', method: 'GET', path: '/products/{product}/images', answer: listImages },
  {
    operationId: 'uploadProductImage',
    method: 'POST',
    path: '/products/{product}/images',
    body: 'multipart',
    answer: uploadImage,
  },
];

// --- internal ---

const listQuery = z.strictObject({
  category: z.string().optional(),
  active: booleanText.optional(),
  limit: limitText,
  cursor: z.string().optional(),
});

const productChange = z.strictObject({
  name: z.string().min(1).max(100).exactOptional(),
  price: z.int().min(1).max(10_000_000).exactOptional(),
  active: z.boolean().exactOptional(),
});

const imageForm = z.strictObject({
  file: z.file().min(1).mime(['image/png', 'image/jpeg']),
  alt: z.string().max(200).nullable().default(null),
});

/** The page itself is the body; the way to the next one is in the `Link` header. */
function listProducts(request: ShopRequest, shop: Shop): Answer {
  const { category, active, limit, cursor } = checkQuery(request, listQuery);
  const products = [...shop.products.values()]
    .filter((product) => category === undefined || product.category === category)
    .filter((product) => active === undefined || product.active === active);
  const { items, next_cursor } = pageByCursor(products, { limit, cursor, idOf: ({ sku }) => sku });
  return { status: 200, headers: toLinkHeader(request.url, next_cursor), body: items };
}

function getProduct(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: mustFind(shop.products, 'product', request.param('product')) };
}

function updateProduct(request: ShopRequest, shop: Shop): Answer {
  const product = mustFind(shop.products, 'product', request.param('product'));
  const changed = { ...product, ...checkBody(request, productChange) };
  shop.products.set(product.sku, changed);
  return { status: 200, body: changed };
}

function listImages(request: ShopRequest, shop: Shop): Answer {
  const { sku } = mustFind(shop.products, 'product', request.param('product'));
  const images = [...shop.images.values()].filter((image) => image.product === sku);
  return { status: 200, body: { items: images } };
}

async function uploadImage(request: ShopRequest, shop: Shop): Promise<Answer> {
  const { sku } = mustFind(shop.products, 'product', request.param('product'));
  const { file, alt } = checkForm(request, imageForm);
  const content = new Uint8Array(await file.arrayBuffer());
  const image: ProductImage = {
    id: shop.nextId('img'),
    product: sku,
    alt,
    file_name: file.name,
    media_type: file.type,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
  shop.images.set(image.id, image);
  return { status: 201, body: image };
}
