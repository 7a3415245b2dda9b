/**
 * A manifest as the text of its file, with the tables that find a command without parsing it all.
 *
 * M1. The text is one JSON document: a line of settings, then one line per command, provider and schema.
 * M2. The same manifest gives the same bytes: commands by id, providers by command, schemas by name.
 * M3. Offsets and lengths count bytes; a line's length is without its comma and line break.
 */
import type { CatalogManifest, Command, Effect, HttpMethod, SecurityScheme } from '@oatty/types';
import { compareText } from '../text/compare-text.ts';
import { sha256 } from '../text/sha256.ts';

export interface ManifestText {
  readonly text: string;
  readonly lookup: Lookup;
}

/** What is known of a manifest without reading it; the content of `catalogs/<id>.index.json`. */
export interface Lookup {
  readonly format_version: typeof lookupVersion;
  readonly manifest_bytes: number;
  readonly manifest_sha256: string;
  readonly security_schemes: Readonly<Record<string, SecurityScheme>>;
  /** By id; lines follow each other from `commands_at`. */
  readonly commands_at: number;
  readonly commands: readonly CommandRow[];
  readonly providers_at: number;
  readonly providers_bytes: number;
  /** By name; lines follow each other from `schemas_at`. */
  readonly schemas_at: number;
  readonly schemas: readonly (readonly [name: string, bytes: number])[];
}

/** What lists and search results show of a command, and how long its line is. */
export interface CommandRow {
  readonly id: string;
  readonly summary: string;
  readonly effect: Effect;
  readonly method?: HttpMethod;
  readonly path?: string;
  readonly deprecated?: true;
  readonly bytes: number;
}

export const lookupVersion = 1;

/** Between two lines: a comma and a line break. */
export const separatorBytes = 2;

export function serializeManifest(manifest: CatalogManifest): ManifestText {
  const { commands, providers, schemas, ...settings } = sorted(manifest);
  const commandLines = commands.map((command) => JSON.stringify(command));
  const providerLines = providers.map((provider) => JSON.stringify(provider));
  const schemaLines = schemas.map(([name, schema]) => `${JSON.stringify(name)}:${JSON.stringify(schema)}`);

  const text = new TextParts();
  text.add(`${JSON.stringify(settings).slice(0, -1)},"commands":[\n`);
  const commandsAt = text.bytes;
  const commandBytes = text.addLines(commandLines);
  text.add('\n],"providers":[\n');
  const providersAt = text.bytes;
  text.addLines(providerLines);
  const providersBytes = text.bytes - providersAt;
  text.add('\n],"schemas":{\n');
  const schemasAt = text.bytes;
  const schemaBytes = text.addLines(schemaLines);
  text.add('\n}}\n');

  const whole = text.toString();
  const lookup: Lookup = {
    format_version: lookupVersion,
    manifest_bytes: text.bytes,
    manifest_sha256: sha256(whole),
    security_schemes: manifest.security_schemes,
    commands_at: commandsAt,
    commands: commands.map((command, index) => toRow(command, commandBytes[index] ?? 0)),
    providers_at: providersAt,
    providers_bytes: providersBytes,
    schemas_at: schemasAt,
    schemas: schemas.map(([name], index) => [name, schemaBytes[index] ?? 0]),
  };
  return { text: whole, lookup };
}

export function sortedCommands(manifest: CatalogManifest): readonly Command[] {
  return [...manifest.commands].sort((first, second) => compareText(first.id, second.id));
}

export function toRow(command: Command, bytes: number): CommandRow {
  const { id, summary, effect, deprecated, execution } = command;
  return {
    id,
    summary,
    effect,
    ...(execution.kind === 'http' && { method: execution.method, path: execution.path }),
    ...(deprecated === true && { deprecated }),
    bytes,
  };
}

// --- internal ---

/** The fields in the order of the file (M2). */
function sorted(manifest: CatalogManifest) {
  return {
    format_version: manifest.format_version,
    id: manifest.id,
    title: manifest.title,
    vendor: manifest.vendor,
    description: manifest.description,
    kind: manifest.kind,
    document: manifest.document,
    document_version: manifest.document_version,
    base_urls: manifest.base_urls,
    security_schemes: manifest.security_schemes,
    commands: sortedCommands(manifest),
    providers: [...manifest.providers].sort((first, second) => compareText(first.command, second.command)),
    schemas: Object.entries(manifest.schemas).sort(([first], [second]) => compareText(first, second)),
  };
}

/** A text in the making, with its length in bytes. */
class TextParts {
  readonly #parts: string[] = [];
  bytes = 0;

  add(part: string): number {
    const bytes = Buffer.byteLength(part);
    this.#parts.push(part);
    this.bytes += bytes;
    return bytes;
  }

  /** @returns the length of each line */
  addLines(lines: readonly string[]): number[] {
    return lines.map((line, index) => {
      if (index > 0) this.add(',\n');
      return this.add(line);
    });
  }

  toString(): string {
    return this.#parts.join('');
  }
}
