export type { RecordedCall } from './call-log.ts';
export { startShopApi, type ShopApi, type ShopApiOptions } from './start-shop-api.ts';
