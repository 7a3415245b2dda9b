/**
 * One given value → the value that the run uses, or what is wrong with it.
 *
 * `mode: multiple` takes a list, the JSON text of a list, or texts separated by commas. `type`, `enum` and `validate`
 * then hold for each item (a `type: array` says nothing about items), and `join` makes one text of them.
 */
import type { WorkflowInput } from '@oatty/types';
import { checkInputValue } from './check-input-value.ts';
import type { InputProblem } from './check-input-value.ts';
import { coerceInput } from './coerce-input.ts';

export type AcceptedInput =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problems: readonly InputProblem[] };

export function acceptInput(input: WorkflowInput, value: unknown): AcceptedInput {
  if (input.mode !== 'multiple') return acceptOne(input, value);
  const itemInput = { ...input, type: input.type === 'array' ? null : input.type };
  const items = toItems(value).map((item) => acceptOne(itemInput, item));
  const problems = items.flatMap((item, index) =>
    item.ok
      ? []
      : item.problems.map((problem) => ({ ...problem, message: `item ${index + 1} ${problem.message}` })),
  );
  if (items.length === 0 && input.validate?.required === true)
    problems.push({ message: 'must not be empty' });
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: joinItems(
      input,
      items.map((item) => (item.ok ? item.value : null)),
    ),
  };
}

// --- internal ---

function acceptOne(input: WorkflowInput, value: unknown): AcceptedInput {
  const coerced = coerceInput(input.type, pickAllowed(input, value));
  if (!coerced.ok) return { ok: false, problems: [{ message: coerced.problem, expected: input.type }] };
  const problems = checkInputValue(input, coerced.value);
  return problems.length === 0 ? coerced : { ok: false, problems };
}

/** Text from a command line stands for the allowed value that is written like it: `"1"` for `1`. */
function pickAllowed({ type, enum: allowed, validate }: WorkflowInput, value: unknown): unknown {
  if (typeof value !== 'string' || (type !== null && type !== undefined)) return value;
  const members: readonly unknown[] = [...(allowed ?? []), ...(validate?.enum ?? [])];
  if (members.includes(value)) return value;
  const written = members.find((member) => JSON.stringify(member) === value);
  return written === undefined ? value : written;
}

function toItems(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (value.trim().startsWith('[')) {
    const parsed = coerceInput('array', value);
    if (parsed.ok) return parsed.value as readonly unknown[]; // that is what the type says
  }
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function joinItems({ join }: WorkflowInput, items: readonly unknown[]): unknown {
  if (join === null || join === undefined) return items;
  const wrap = join.wrap_each ?? '';
  return items
    .map((item) => `${wrap}${typeof item === 'string' ? item : JSON.stringify(item)}${wrap}`)
    .join(join.separator);
}
