export type * from './oatty.ts';
