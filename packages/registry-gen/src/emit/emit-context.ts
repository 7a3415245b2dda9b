/** What the emitters share while one catalog is made. */
import type { CommandParameter, SecurityScheme } from '@oatty/types';
import type { OperationParameter } from '../model/operation.ts';
import type { Shape, ShapeReader } from '../model/shape-reader.ts';
import type { Warnings } from '../model/warnings.ts';
import type { CatalogSize } from './catalog-size.ts';
import type { SchemaCollector } from './schema-collector.ts';

export interface EmitContext {
  /** Parameters already made, by the parameter of the operation: most are shared by many operations. */
  readonly parameters: Map<OperationParameter, DraftParameter>;
  /** The same for the properties of bodies, by the shape of the body. */
  readonly bodies: Map<Shape, readonly DraftParameter[]>;
  readonly schemas: SchemaCollector;
  readonly shapes: ShapeReader;
  readonly warnings: Warnings;
  readonly size: CatalogSize;
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
}

/** A parameter that still has its wire name. */
export type DraftParameter = Omit<CommandParameter, 'wire_name'>;
