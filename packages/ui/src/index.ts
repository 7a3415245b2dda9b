export { widgets } from './widgets.ts';
export type { Widget } from './widgets.ts';
