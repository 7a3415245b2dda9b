import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';
import { toModuleSchema } from './module-schema.ts';

describe('toModuleSchema', () => {
  it('says of a zod 4 schema what goes in, or what comes out', () => {
    const schema = z.object({ size: z.string().default('m').transform(Number) });
    expect(toModuleSchema(schema, 'input', 'x')).toEqual({
      schema: { type: 'object', properties: { size: { type: 'string', default: 'm' } } },
      schemas: {},
    });
    expect(toModuleSchema(schema, 'output', 'x').schema).toMatchObject({
      properties: { size: {} },
      required: ['size'],
    });
  });

  it('turns what JSON cannot say into anything', () => {
    const schema = z.object({ at: z.date(), big: z.bigint() });
    expect(toModuleSchema(schema, 'input', 'x').schema.properties).toEqual({ at: {}, big: {} });
  });

  it('gives a schema that refers to itself a name', () => {
    const Tree = z.object({
      label: z.string(),
      get parts() {
        return z.array(Tree);
      },
    });
    const { schema, schemas } = toModuleSchema(Tree, 'output', 'garden tree');
    expect(schema.properties?.['parts']?.items).toEqual({ $ref: '#/schemas/garden tree root' });
    expect(Object.keys(schemas)).toEqual(['garden tree root']);
  });

  it('names shared parts after the schema that they belong to', () => {
    const part = z.object({ id: z.string() }).meta({ id: 'Part' });
    const { schema, schemas } = toModuleSchema(z.object({ a: part, b: part }), 'input', 'shop x input');
    expect(schema.properties).toEqual({
      a: { $ref: '#/schemas/shop x input Part' },
      b: { $ref: '#/schemas/shop x input Part' },
    });
    expect(schemas['shop x input Part']).toMatchObject({ type: 'object', required: ['id'] });
  });

  it('names what a zod 3 schema refers to by its place', () => {
    type Tree = { label: string; parts: Tree[] };
    const tree: z3.ZodType<Tree> = z3.lazy(() => z3.object({ label: z3.string(), parts: z3.array(tree) }));
    const { schema, schemas } = toModuleSchema(z3.object({ tree }), 'input', 'x');
    expect(schema.properties?.['tree']).toMatchObject({
      properties: { parts: { items: { $ref: '#/schemas/x properties~1tree' } } },
    });
    expect(schemas).toEqual({ 'x properties/tree': schema.properties?.['tree'] });
  });

  it('refuses what is no schema', () => {
    expect(() => toModuleSchema({} as never, 'input', 'x')).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});
