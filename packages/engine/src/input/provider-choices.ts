/**
 * What a provider answered → what a person can choose from.
 *
 *   C1. The list is where the command's `list_path` says; without one the answer itself, or the only list in it.
 *   C2. The value of an item is `select.value_field`, else the provider's `field`, else `id`, `name` or `value`;
 *       a scalar item is its own value. Items without one are left out.
 *   C3. The label is `select.display_field`, else `name`, `title` or `label`, else the value.
 *   C4. A value that a secret was taken out of is not offered: it would be of no use.
 *   C5. A value that repeats is offered once, unless `select.id_field` tells the items apart; then the label says which.
 */
import { isRecord } from '@oatty/types';
import type { WorkflowInput } from '@oatty/types';
import { secretMark } from './secret-inputs.ts';
import { readValuePath } from './value-path.ts';

export interface Choice {
  readonly value: unknown;
  readonly label: string;
}

export const maxChoices = 500;

export function toChoices(
  answer: unknown,
  listPath: string | undefined,
  input: Pick<WorkflowInput, 'select' | 'provider'>,
): readonly Choice[] {
  const choices = new Map<string, Choice>();
  const idField = input.select?.id_field;
  for (const item of findList(answer, listPath)) {
    const value = readValue(item, input);
    if (value === undefined || value === null || JSON.stringify(value).includes(secretMark)) continue;
    const id = isSet(idField) ? readValuePath(item, idField) : undefined;
    const key = JSON.stringify([value, id ?? null]);
    if (!choices.has(key)) choices.set(key, { value, label: readLabel(item, value, input) });
    if (choices.size >= maxChoices) break;
  }
  return tellApart([...choices]);
}

/** Id of the provider command of an input, in either way of writing it. */
export function providerCommand({ provider }: Pick<WorkflowInput, 'provider'>): string | undefined {
  if (provider === null || provider === undefined) return undefined;
  return typeof provider === 'string' ? provider : provider.id;
}

// --- internal ---

function findList(answer: unknown, listPath: string | undefined): readonly unknown[] {
  const found = listPath === undefined ? answer : readValuePath(answer, listPath);
  if (Array.isArray(found)) return found;
  const lists = isRecord(found) ? Object.values(found).filter((value) => Array.isArray(value)) : [];
  return lists.length === 1 ? (lists[0] ?? []) : [];
}

/** The field that an input asks for; `undefined` when it leaves the choice to C2. */
function valueField(input: Pick<WorkflowInput, 'select' | 'provider'>): string | undefined {
  const { select, provider } = input;
  const field = typeof provider === 'object' ? provider?.field : undefined;
  return select?.value_field ?? field ?? undefined;
}

function readValue(item: unknown, input: Pick<WorkflowInput, 'select' | 'provider'>): unknown {
  const field = valueField(input);
  if (field !== undefined) return readValuePath(item, field);
  return isRecord(item) ? readFirst(item, ['id', 'name', 'value']) : item;
}

function readLabel(item: unknown, value: unknown, { select }: Pick<WorkflowInput, 'select'>): string {
  const display = select?.display_field;
  const label = isSet(display)
    ? readValuePath(item, display)
    : isRecord(item)
      ? readFirst(item, ['name', 'title', 'label'])
      : undefined;
  return toLabel(label ?? value);
}

function readFirst(item: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  const name = names.find((candidate) => Object.hasOwn(item, candidate) && item[candidate] !== null);
  return name === undefined ? undefined : item[name];
}

/** Adds the identifying field to labels of values that repeat. */
function tellApart(choices: readonly (readonly [string, Choice])[]): readonly Choice[] {
  const counts = new Map<string, number>();
  const keyOf = (choice: Choice) => JSON.stringify(choice.value);
  for (const [, choice] of choices) counts.set(keyOf(choice), (counts.get(keyOf(choice)) ?? 0) + 1);
  return choices.map(([key, choice]) => {
    const [, id] = JSON.parse(key) as [unknown, unknown]; // the key was made of these two
    const repeats = (counts.get(keyOf(choice)) ?? 0) > 1;
    return repeats && id !== null ? { ...choice, label: `${choice.label} (${toLabel(id)})` } : choice;
  });
}

function toLabel(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isSet(field: string | null | undefined): field is string {
  return field !== null && field !== undefined && field !== '';
}
