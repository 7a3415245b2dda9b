export { createOatty } from './create-oatty.ts';
export { defineCatalog, defineCommand } from './modules/define-catalog.ts';
export type {
  CatalogDefinition,
  CommandDefinition,
  HandlerContext,
  ModuleCatalog,
  ModuleCommand,
} from './modules/define-catalog.ts';
export type * from './oatty.ts';
export type { OattyOptions } from './world.ts';
