/** What the shop keeps and shows. Money is in cents; instants are ISO 8601 in UTC. */

export type Tier = 'standard' | 'gold';
export type OrderStatus = 'open' | 'paid' | 'shipped' | 'canceled';
export type PaymentStatus = 'processing' | 'done' | 'declined';
export type Warehouse = 'main' | 'outlet';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly tier: Tier;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created_at: string;
}

export interface OrderItem {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  /** Price of one piece when it was ordered. */
  readonly unit_price: number;
}

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly status: OrderStatus;
  readonly items: readonly OrderItem[];
  readonly total: number;
  readonly note: string | null;
  /** Grows with every change; the ETag of the order. */
  readonly version: number;
  readonly created_at: string;
}

export interface Payment {
  readonly id: string;
  readonly order: string;
  readonly amount: number;
  readonly source: string;
  readonly status: PaymentStatus;
  /** Set once the payment is done. */
  readonly receipt_url: string | null;
  readonly created_at: string;
}

export interface Refund {
  readonly id: string;
  readonly payment: string;
  readonly amount: number;
  readonly reason: string | null;
  readonly created_at: string;
}

/** A category names its parent; the API shows the tree. */
export interface Category {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly category: string;
  readonly active: boolean;
}

export interface ProductImage {
  readonly id: string;
  readonly product: string;
  readonly alt: string | null;
  readonly file_name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface StockRow {
  readonly sku: string;
  readonly warehouse: Warehouse;
  readonly on_hand: number;
  readonly reorder_point: number;
}

export interface Reservation {
  readonly id: string;
  readonly sku: string;
  readonly warehouse: Warehouse;
  readonly quantity: number;
  readonly order: string | null;
}

export interface Shipment {
  readonly id: string;
  readonly order: string;
  readonly carrier: 'post' | 'express';
  readonly status: 'created' | 'in_transit';
  readonly tracking_code: string;
}

export interface Notification {
  readonly id: string;
  readonly customer: string;
  readonly channel: 'email' | 'sms';
  readonly message: string;
  readonly created_at: string;
}

export interface Subscription {
  readonly id: string;
  readonly email: string;
  readonly topics: readonly string[];
}
