/** Compares what came in with a schema; what does not fit is a 400 that names every field. */
import * as z from 'zod';
import { Problem, type FieldError } from './problem.ts';
import type { ShopRequest } from './route.ts';

/** The JSON body. */
export function checkBody<T>(request: ShopRequest, schema: z.ZodType<T>): T {
  return check(schema, request.body, 'The body is not valid.');
}

/** The query; a name that is given twice gives a list. */
export function checkQuery<T>(request: ShopRequest, schema: z.ZodType<T>): T {
  return check(schema, toRecord(request.url.searchParams), 'The query is not valid.');
}

/** A form; a name that is given twice gives a list, a file is a `File`. */
export function checkForm<T>(request: ShopRequest, schema: z.ZodType<T>): T {
  const form = request.body instanceof FormData ? request.body : new FormData();
  return check(schema, toRecord(form), 'The form is not valid.');
}

/** One header. */
export function checkHeader<T>(request: ShopRequest, name: string, schema: z.ZodType<T>): T {
  const shape = z.object({ [name]: schema }) as z.ZodType<Record<string, T>>;
  const checked = check(shape, { [name]: request.header(name) }, 'A header is not valid.');
  return checked[name] as T; // the shape has exactly this key
}

/** A query parameter that is `true` or `false`. */
export const booleanText = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A query parameter that is a whole number. */
export function integerText(minimum: number, maximum: number): z.ZodType<number> {
  return z
    .string()
    .regex(/^-?\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(minimum).max(maximum));
}

export const skuSchema = z.string().regex(/^[A-Z]{3}-\d{2}$/, 'must look like MUG-01');

// --- internal ---

function check<T>(schema: z.ZodType<T>, value: unknown, detail: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(400, detail, { errors: result.error.issues.flatMap(toFieldErrors) });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: `${field}.${key}`.slice(1), message: 'is not known' }));
  return [{ field: field.replace(/^\./, ''), message: issue.message }];
}

function toRecord(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  const lists = new Map<string, unknown[]>();
  for (const [name, value] of entries) lists.set(name, [...(lists.get(name) ?? []), value]);
  return Object.fromEntries(
    [...lists].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
