/**
 * Which command lists the values of which parameter.
 *
 *   I1. Only a GET that gives a list, or does not say what it gives, can be a provider; never of itself.
 *   I2. A path parameter: the command at the path before it (`/services/{service}/deploys` for the deploy in
 *       `/services/{service}/deploys/{deploy}`); else the one named after the segment before it.
 *   I3. Another parameter: its name without an id suffix, in the plural, names the command. With the suffix, a nested
 *       command of the same parents will do as well.
 *   I4. Whatever the provider requires comes from parameters that the consumer requires itself: by position on a
 *       common path, else by name. What cannot be bound so is no provider.
 */
import type { CommandParameter, ProviderBinding } from '@oatty/types';
import type { ProviderIndex } from './provider-index.ts';
import { isPlaceholder } from './name-commands.ts';
import type { DraftCommand } from './to-command.ts';

export function bindProvider(
  consumer: DraftCommand,
  parameter: CommandParameter,
  index: ProviderIndex,
): ProviderBinding | undefined {
  const candidates =
    parameter.in === 'path'
      ? pathCandidates(consumer, parameter, index)
      : nameCandidates(consumer, parameter, index);
  for (const candidate of candidates) {
    if (!candidate || candidate === consumer) continue;
    const binds = bindArguments(candidate, consumer, parameter);
    if (!binds) continue;
    const hasBinds = Object.keys(binds).length > 0;
    return { command: candidate.command.id, ...(hasBinds && { binds }) };
  }
  return undefined;
}

// --- internal ---

type Candidates = readonly (DraftCommand | undefined)[];

/** `Order-Item_id` → `order-items`, `service_ids[]` → `services`; `undefined` where the name cannot be one of a thing in a list. */
function pluralOfId(name: string): { readonly plural: string; readonly hasSuffix: boolean } | undefined {
  const lower = name.toLowerCase().replace(/\[\]$/, '');
  const stem = lower.replace(/[_-]?ids?$/, '');
  if (stem === '') return undefined;
  return { plural: toPlural(stem), hasSuffix: stem !== lower };
}

function toPlural(word: string): string {
  if (word.endsWith('s')) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** I2 */
function pathCandidates(
  consumer: DraftCommand,
  parameter: CommandParameter,
  index: ProviderIndex,
): Candidates {
  const { segments } = consumer;
  const position = segments.indexOf(`{${wireNameOf(parameter)}}`);
  const before = segments.slice(0, position);
  const last = before.at(-1);
  if (position < 1 || last === undefined) return [];
  const atPath = index.byPath.get(consumer.pathKeys[position] ?? '');
  if (isPlaceholder(last)) return [atPath];
  const names = nameSegments(consumer);
  const end = names.lastIndexOf(last) + 1;
  return [atPath, index.byName(names.slice(0, end)), index.byName([last])];
}

/** I3 */
function nameCandidates(
  consumer: DraftCommand,
  parameter: CommandParameter,
  index: ProviderIndex,
): Candidates {
  const id = pluralOfId(wireNameOf(parameter));
  if (!id || !couldBeAnId(parameter, id.hasSuffix)) return [];
  const flat = index.byName([id.plural]);
  if (!id.hasSuffix) return [flat];
  const parents = nameSegments(consumer);
  const nested = parents.map((_, end) =>
    index.byName([...parents.slice(0, parents.length - end), id.plural]),
  );
  return [flat, ...nested];
}

/** Text or a whole number, or a list of them; without a type only where the name says id. */
function couldBeAnId({ schema }: CommandParameter, hasSuffix: boolean): boolean {
  if (schema.enum !== undefined || schema.const !== undefined) return false;
  const one = schema.items ?? schema;
  const types = (Array.isArray(one.type) ? one.type : [one.type]).filter((type) => type !== 'null');
  if (one.format === 'date-time' || one.enum !== undefined) return false;
  return types.every((type) => type === 'string' || type === 'integer' || (type === undefined && hasSuffix));
}

/** I4 */
function bindArguments(
  provider: DraftCommand,
  consumer: DraftCommand,
  target: CommandParameter,
): Record<string, string> | undefined {
  const available = consumer.command.parameters.filter((one) => one.required && one !== target);
  const binds: [string, string][] = [];
  for (const needed of provider.command.parameters.filter((one) => one.required && one.in !== 'body')) {
    const source = samePosition(provider, consumer, needed, available) ?? sameName(needed, available);
    if (!source) return undefined;
    binds.push([needed.name, source.name]);
  }
  return provider.command.body?.required === true ? undefined : Object.fromEntries(binds);
}

function samePosition(
  provider: DraftCommand,
  consumer: DraftCommand,
  needed: CommandParameter,
  available: readonly CommandParameter[],
): CommandParameter | undefined {
  if (needed.in !== 'path') return undefined;
  const ofProvider = provider.segments;
  const ofConsumer = consumer.segments;
  const position = ofProvider.indexOf(`{${wireNameOf(needed)}}`);
  const isCommon = position >= 0 && provider.pathKeys[position + 1] === consumer.pathKeys[position + 1];
  if (!isCommon) return undefined;
  return available.find((one) => one.in === 'path' && `{${wireNameOf(one)}}` === ofConsumer[position]);
}

function sameName(
  needed: CommandParameter,
  available: readonly CommandParameter[],
): CommandParameter | undefined {
  return available.find((one) => one.name === needed.name && one.in !== 'body');
}

/** `shop orders:items:list` → `orders`, `items` */
function nameSegments({ command }: DraftCommand): string[] {
  return command.id
    .slice(command.id.indexOf(' ') + 1)
    .split(':')
    .slice(0, -1);
}

function wireNameOf(parameter: CommandParameter): string {
  return parameter.wire_name ?? parameter.name;
}
