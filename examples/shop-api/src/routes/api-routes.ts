import type { Route } from '../http/route.ts';
import { categoryRoutes } from './categories.ts';
import { customerRoutes } from './customers.ts';
import { faultRoutes } from './faults.ts';
import { messageRoutes } from './messages.ts';
import { orderItemRoutes } from './order-items.ts';
import { orderRoutes } from './orders.ts';
import { paymentRoutes } from './payments.ts';
import { productRoutes } from './products.ts';
import { refundRoutes } from './refunds.ts';
import { shipmentRoutes } from './shipments.ts';
import { stockRoutes } from './stock.ts';

/** Every documented operation. */
export const apiRoutes: readonly Route[] = [
  ...customerRoutes,
  ...orderRoutes,
  ...orderItemRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...productRoutes,
  ...categoryRoutes,
  ...stockRoutes,
  ...shipmentRoutes,
  ...messageRoutes,
  ...faultRoutes,
];
