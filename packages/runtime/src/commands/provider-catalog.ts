/** Commands that offer values for inputs, as an input of a workflow names them. */
import type { ProviderContract } from '@oatty/types';
import type { ProviderListing } from './commands.ts';

export function toProviderListing(
  { command, arguments: parameters, list_path, fields }: ProviderContract,
  summary: string,
): ProviderListing {
  const select = {
    value_field: fieldOf(fields, 'id'),
    display_field: fieldOf(fields, 'display'),
  };
  return {
    id: command,
    summary,
    arguments: parameters,
    required_arguments: parameters.filter(({ required }) => required).map(({ name }) => name),
    ...(list_path !== undefined && { list_path }),
    select: {
      ...(select.value_field !== undefined && { value_field: select.value_field }),
      ...(select.display_field !== undefined && { display_field: select.display_field }),
    },
    fields,
  };
}

// --- internal ---

function fieldOf(fields: ProviderContract['fields'], tag: 'id' | 'display'): string | undefined {
  return fields.find(({ tags }) => tags?.includes(tag))?.name;
}
