/** The parts of a manifest, and which keys each has. */
import { workflowSchema } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';

export function knownKeys(parent: ManifestPath): readonly string[] {
  return partKeys[toPart(parent)] ?? [];
}

/** `['steps', 2, 'retry']` → `steps.*.retry` */
export function toPart(path: ManifestPath): string {
  const named = path[0] === 'inputs' ? 1 : -1;
  const inBinding = path[0] === 'inputs' && (path[2] === 'provider_args' || path[2] === 'depends_on');
  return path
    .map((key, index) =>
      typeof key === 'number' || index === named || (inBinding && index === 3) ? '*' : key,
    )
    .join('.');
}

// --- internal ---

const { shape } = workflowSchema;
const input = shape.inputs.unwrap().unwrap().valueType.shape;
const step = shape.steps.element.shape;
const queue = shape.queue.unwrap().unwrap().shape;

const bindingKeys = ['from_step', 'from_input', 'path', 'required', 'on_missing'];

const partKeys: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(shape),
  requires: Object.keys(shape.requires.unwrap().unwrap().shape),
  'requires.catalogs.*': Object.keys(shape.requires.unwrap().unwrap().shape.catalogs.element.shape),
  queue: Object.keys(queue),
  'queue.rate': ['limit', 'per'],
  'inputs.*': Object.keys(input),
  'inputs.*.default': ['from', 'value'],
  'inputs.*.default.value': ['workflow', 'path'],
  'inputs.*.select': Object.keys(input.select.unwrap().unwrap().shape),
  'inputs.*.join': Object.keys(input.join.unwrap().unwrap().shape),
  'inputs.*.validate': Object.keys(input.validate.unwrap().unwrap().shape),
  'inputs.*.provider': ['id', 'field'],
  'inputs.*.provider_args.*': bindingKeys,
  'inputs.*.depends_on.*': bindingKeys,
  'steps.*': Object.keys(step),
  'steps.*.repeat': Object.keys(step.repeat.unwrap().unwrap().shape),
  'steps.*.retry': Object.keys(step.retry.unwrap().unwrap().shape),
  'steps.*.output_contract': ['fields'],
  'steps.*.output_contract.fields.*': ['name', 'type', 'description', 'tags'],
};
