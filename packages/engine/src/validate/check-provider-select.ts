/** Do the items that a provider lists have the fields that an input takes of them? */
import { didYouMean } from '@oatty/types';
import type { JsonSchema } from '@oatty/types';
import { parseValuePath } from '../input/value-path.ts';
import type { FoundCommand } from '../ports/command-source.ts';
import { findNestedProperty } from '../schema/find-nested-property.ts';
import { findProperty } from '../schema/find-property.ts';
import { checkValuePath } from './check-value-path.ts';
import type { InputScene, Scene } from './scene.ts';

export function checkSelect(
  scene: Scene,
  { path, input }: InputScene,
  { command, schemas }: FoundCommand,
): void {
  const item = itemSchema(command.output_schema, command.list_path, schemas);
  const fields = [
    [[...path, 'provider', 'field'], typeof input.provider === 'object' ? input.provider?.field : null, true],
    [[...path, 'select', 'value_field'], input.select?.value_field, true],
    [[...path, 'select', 'display_field'], input.select?.display_field, false],
    [[...path, 'select', 'id_field'], input.select?.id_field, false],
  ] as const;
  for (const [place, field, isValue] of fields) {
    if (!field || !checkValuePath(scene, place, field) || item === undefined) continue;
    const lookup = findProperty(item, schemas, parseValuePath(field));
    if (lookup.kind === 'missing' || lookup.kind === 'missing_index') {
      const available = lookup.kind === 'missing' ? lookup.available : [];
      const nested = findNestedProperty(item, schemas, field)?.slice(1);
      scene.report.violation({
        path: place,
        rule: 'provider_select_value_field_missing',
        message: `Items of "${command.id}" have no "${field}".`,
        expected: available.slice(0, 30),
        actual: field,
        suggestion: nested ? `Did you mean "${nested}"?` : didYouMean(field, available),
      });
    } else if (isValue && lookup.kind === 'exists' && isContainer(lookup.schema)) {
      scene.report.violation({
        path: place,
        rule: 'provider_select_value_field_non_scalar',
        message: `"${field}" of the items of "${command.id}" is no single value.`,
        actual: lookup.schema.type,
        suggestion: 'Name a field inside it.',
      });
    }
  }
}

// --- internal ---

function itemSchema(
  output: JsonSchema | undefined,
  listPath: string | undefined,
  schemas: FoundCommand['schemas'],
): JsonSchema | undefined {
  const keys = listPath === undefined ? [] : parseValuePath(listPath);
  const list = findProperty(output, schemas, [...keys, 0]);
  return list.kind === 'exists' ? list.schema : undefined;
}

function isContainer({ type, properties, items }: JsonSchema): boolean {
  if (type === undefined) return properties !== undefined || items !== undefined;
  return [type].flat().every((name) => name === 'object' || name === 'array' || name === 'null');
}
