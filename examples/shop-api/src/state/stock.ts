/** Stock of one product in one warehouse: what is there, what is reserved, what is left. */
import type { StockRow, Warehouse } from './model.ts';
import type { Shop } from './shop.ts';

export interface StockLevel extends StockRow {
  readonly reserved: number;
  readonly available: number;
}

export function toStockKey(warehouse: Warehouse, sku: string): string {
  return `${warehouse}/${sku}`;
}

export function toStockLevel(shop: Shop, row: StockRow): StockLevel {
  const reserved = [...shop.reservations.values()]
    .filter((reservation) => reservation.sku === row.sku && reservation.warehouse === row.warehouse)
    .reduce((sum, reservation) => sum + reservation.quantity, 0);
  const { sku, warehouse, on_hand, reorder_point } = row;
  return { sku, warehouse, on_hand, reserved, available: on_hand - reserved, reorder_point };
}
