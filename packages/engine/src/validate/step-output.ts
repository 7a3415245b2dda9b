/**
 * What descriptions tell about the outputs of steps and the items of a `for_each`.
 *
 *   O1. The output of a `for_each` is a list, whatever the command gives; only its own `until` sees one item's output.
 */
import type { JsonSchema, SchemaTable } from '@oatty/types';
import type { Reference } from '../expression/analyze-expression.ts';
import { findProperty } from '../schema/find-property.ts';
import type { PathKey } from '../schema/find-property.ts';
import type { Scene, StepScene } from './scene.ts';

export interface DescribedValue {
  /** `undefined` where the description says nothing. */
  readonly schema: JsonSchema | undefined;
  readonly schemas: SchemaTable;
}

export function isEach({ step }: StepScene): boolean {
  return step.for_each !== undefined && step.for_each !== null;
}

/** The whole output of a step; `undefined` when its command is not known. */
export function describeOutput(step: StepScene): DescribedValue | undefined {
  if (step.found === undefined) return undefined;
  const { command, schemas } = step.found;
  if (!isEach(step)) return { schema: command.output_schema, schemas };
  return { schema: { type: 'array', items: command.output_schema ?? {} }, schemas };
}

/** The output of one call of a step. */
export function describeAnswer({ found }: StepScene): DescribedValue | undefined {
  return found && { schema: found.command.output_schema, schemas: found.schemas };
}

/** One item of a `for_each` that goes through a plain path into another step's output. */
export function describeItem(scene: Scene, step: StepScene): DescribedValue | undefined {
  const text = step.texts.find(({ place }) => place === 'for_each');
  const [expression] = text?.expressions ?? [];
  const [reference] = text?.references ?? [];
  if (expression?.kind !== 'path' || reference?.root !== 'steps') return undefined;
  const [id, ...keys] = toPathKeys(reference);
  const target = scene.stepsById.get(String(id));
  const output = target && describeOutput(target);
  if (output === undefined) return undefined;
  const list = findProperty(output.schema, output.schemas, [...keys, 0]);
  return list.kind === 'exists' ? { schema: list.schema, schemas: output.schemas } : undefined;
}

export function toPathKeys(reference: Reference): readonly PathKey[] {
  return reference.segments.map((segment) => (typeof segment === 'object' ? null : segment));
}
