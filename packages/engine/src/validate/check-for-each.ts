/** Does a `for_each` that goes through the output of a step go through a list, as far as the description tells? */
import { resolveSchema } from '@oatty/types';
import type { JsonSchema } from '@oatty/types';
import { findProperty } from '../schema/find-property.ts';
import type { Scene, StepScene } from './scene.ts';
import { describeOutput, toPathKeys } from './step-output.ts';
import type { DescribedValue } from './step-output.ts';

export function checkForEach(scene: Scene): void {
  for (const step of scene.steps) checkList(scene, step);
}

// --- internal ---

function checkList({ stepsById, report }: Scene, step: StepScene): void {
  const text = step.texts.find(({ place }) => place === 'for_each');
  const [expression, ...others] = text?.expressions ?? [];
  const [reference] = text?.references ?? [];
  if (text === undefined || expression?.kind !== 'path' || others.length > 0 || reference?.root !== 'steps')
    return;
  const [id, ...keys] = toPathKeys(reference);
  const target = stepsById.get(String(id));
  const output = target && describeOutput(target);
  if (output === undefined) return;
  const found = findProperty(output.schema, output.schemas, keys);
  if (found.kind !== 'exists' || !isNoList(found.schema)) return;
  const lists = listsIn({ schema: found.schema, schemas: output.schemas });
  report.violation({
    path: text.path,
    rule: 'for_each_not_a_list',
    message: `"for_each" goes through "${reference.text}", which is no list.`,
    expected: 'array',
    actual: found.schema.type,
    suggestion:
      lists.length === 0
        ? undefined
        : lists
            .map((name, index) => `${index === 0 ? 'Write' : 'or'} "\${{ ${reference.text}.${name} }}"`)
            .join(' ') + '.',
    offset: reference.start,
  });
}

/** Of a type that is certain, and another one. */
function isNoList({ type, properties }: JsonSchema): boolean {
  if (type === undefined) return properties !== undefined;
  return ![type].flat().includes('array');
}

function listsIn({ schema, schemas }: DescribedValue): readonly string[] {
  return Object.entries(schema?.properties ?? {})
    .filter(([, property]) => [resolveSchema(property, schemas)?.type].flat().includes('array'))
    .map(([name]) => name)
    .slice(0, 3);
}
