/**
 * The commands that a model can choose from when it writes: those that a search for the goal finds, and those that the
 * draft names already. A model that is asked through sampling has no tools, so what it needs comes with the question.
 */
import { resolveSchema } from '@oatty/types';
import type { Command, CommandParameter, JsonSchema, SchemaTable } from '@oatty/types';
import type { World } from '../world.ts';
import { isManifest } from './draft-blocks.ts';
import type { Manifest } from './draft-blocks.ts';

/** As little of a command as it takes to call it. */
export interface OfferedCommand {
  readonly id: string;
  readonly summary: string;
  readonly effect: Command['effect'];
  readonly parameters: readonly OfferedValue[];
  readonly body?: { readonly required: boolean; readonly fields: readonly OfferedValue[] };
  /** Names of the fields of its output, or of the items of a list. */
  readonly output?: {
    readonly type: string;
    readonly fields: readonly string[];
    readonly list_path?: string;
  };
}

interface OfferedValue {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly enum?: readonly unknown[];
}

export interface OfferOptions {
  readonly goal?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly draft: Manifest;
}

/** Commands of the draft come first: what it calls must be there with every parameter. */
export async function offerCommands(world: World, options: OfferOptions): Promise<readonly OfferedCommand[]> {
  const { commandIndex, workflowCommands } = world;
  await commandIndex.refresh();
  await workflowCommands.loadAll();
  const ids = new Set([...commandsOf(options.draft), ...search(world, options)]);
  const offered: OfferedCommand[] = [];
  let length = 0;
  for (const id of ids) {
    const command = describe(world, id);
    if (command === undefined) continue;
    length += JSON.stringify(command).length;
    if (length > maxLength) break;
    offered.push(command);
  }
  return offered;
}

// --- internal ---

/** Of JSON text, in characters. */
const maxLength = 24_000;
const maxPhrases = 8;
const perPhrase = 8;
const maxGroups = 6;
const maxFields = 30;
const maxEnum = 12;

function commandsOf({ steps }: Manifest): readonly string[] {
  const named = Array.isArray(steps) ? steps.filter(isManifest).map(({ run }) => run) : [];
  return named.filter((run) => typeof run === 'string');
}

/**
 * The best answers to each part of the goal in turn, so that no part is left out; then what reads the things that they
 * are about, because most workflows look before they act.
 */
function search({ commandIndex }: World, { goal, targetSystem, draft }: OfferOptions): readonly string[] {
  const text =
    goal ?? [draft['title'], draft['description']].filter((part) => typeof part === 'string').join('. ');
  const vendor = findVendor(commandIndex.entries(), targetSystem);
  const find = (phrase: string, limit: number) =>
    commandIndex.search(phrase, { limit, ...(vendor !== undefined && { vendor }) }).items.map(({ id }) => id);
  const hits = toPhrases(text).map((phrase) => find(phrase, perPhrase));
  const best = Array.from({ length: perPhrase }, (_, rank) => hits.flatMap((ids) => ids[rank] ?? [])).flat();
  const groups = new Set(best.map(groupOf).slice(0, maxGroups));
  const readers = [...groups].flatMap((group) => [...find(`get ${group}`, 2), ...find(`list ${group}`, 1)]);
  return [...best.slice(0, perPhrase), ...readers, ...best.slice(perPhrase)];
}

/** `shop orders:items:list` → `orders` */
function groupOf(commandId: string): string {
  return commandId.split(/[ :]/)[1] ?? '';
}

function findVendor(
  entries: readonly { readonly vendor: string; readonly title: string }[],
  targetSystem: string | undefined,
): string | undefined {
  const wanted = targetSystem?.trim().toLowerCase();
  const named = entries.filter(
    ({ vendor, title }) => vendor.toLowerCase() === wanted || title.toLowerCase() === wanted,
  );
  return named[0]?.vendor;
}

/** The goal as a whole, then its parts. */
function toPhrases(text: string): readonly string[] {
  const parts = text
    .split(/[.;,\n]|\b(?:and|then|if|when|after|before|und|dann|wenn)\b/i)
    .map((part) => part.trim());
  const phrases = [text.trim().slice(0, 500), ...parts.map((part) => part.slice(0, 200))];
  return [...new Set(phrases.filter((phrase) => phrase.length > 2))].slice(0, maxPhrases);
}

function describe({ commandIndex }: World, id: string): OfferedCommand | undefined {
  const found = commandIndex.find(id);
  if (found === undefined || !found.entry.enabled) return undefined;
  const { command, schemas } = found;
  const output = command.output_schema && describeOutput(command, command.output_schema, schemas);
  return {
    id: command.id,
    summary: command.summary.slice(0, 200),
    effect: command.effect,
    parameters: command.parameters
      .slice(0, maxFields)
      .map((parameter) => describeParameter(parameter, schemas)),
    ...(command.body && { body: describeBody(command.body, schemas) }),
    ...(output && { output }),
  };
}

function describeParameter({ name, required, schema }: CommandParameter, schemas: SchemaTable): OfferedValue {
  return toValue(name, required, schema, schemas);
}

function describeBody({ required, schema }: NonNullable<Command['body']>, schemas: SchemaTable) {
  const resolved = resolveSchema(schema, schemas) ?? {};
  const fields = Object.entries(resolved.properties ?? {}).slice(0, maxFields);
  const isRequired = (name: string) => resolved.required?.includes(name) ?? false;
  return { required, fields: fields.map(([name, field]) => toValue(name, isRequired(name), field, schemas)) };
}

function describeOutput({ list_path }: Command, schema: JsonSchema, schemas: SchemaTable) {
  const resolved = resolveSchema(schema, schemas) ?? {};
  const items = resolved.items === undefined ? resolved : (resolveSchema(resolved.items, schemas) ?? {});
  return {
    type: toType(resolved),
    fields: Object.keys(items.properties ?? {}).slice(0, maxFields),
    ...(list_path !== undefined && { list_path }),
  };
}

function toValue(name: string, required: boolean, schema: JsonSchema, schemas: SchemaTable): OfferedValue {
  const resolved = resolveSchema(schema, schemas) ?? {};
  return {
    name,
    required,
    type: toType(resolved),
    ...(resolved.enum && { enum: resolved.enum.slice(0, maxEnum) }),
  };
}

function toType({ type }: JsonSchema): string {
  if (type === undefined) return 'any';
  return typeof type === 'string' ? type : type.join('|');
}
