/**
 * Bounds what a description grows to: a body with many properties is small where it is declared, and becomes
 * parameters of every command that takes it.
 */
import { OattyError, type Command, type JsonSchema } from '@oatty/types';

export class CatalogSize {
  readonly #maximum: number;
  /** By schema; `undefined` for one that was used once. */
  readonly #schemas = new Map<object, number | undefined>();
  #characters = 0;

  /** @param maximum - characters of JSON, about */
  constructor(maximum = 250_000_000) {
    this.#maximum = maximum;
  }

  /** @throws {OattyError} `LIMIT_EXCEEDED` */
  add({ id, parameters, body, output_schema: output }: Command): void {
    for (const { name, description = '', schema } of parameters) {
      this.#characters += overhead + name.length + description.length + this.#sizeOf(schema);
    }
    for (const schema of [body?.schema, output]) if (schema) this.#characters += this.#sizeOf(schema);
    if (this.#characters <= this.#maximum) return;
    throw new OattyError(
      'LIMIT_EXCEEDED',
      `The catalog would have more than ${this.#maximum} characters: many commands take the same large bodies.`,
      {
        suggestedAction: 'Import a smaller description: one of its parts, or one with fewer operations.',
        context: { limit: 'maxCatalogCharacters', allowed: this.#maximum, command_id: id },
      },
    );
  }

  /** The first use of a schema is as long as in the description, which has its own limit: only repetition counts. */
  #sizeOf(schema: JsonSchema): number {
    const isFirst = !this.#schemas.has(schema);
    const size = isFirst ? undefined : (this.#schemas.get(schema) ?? JSON.stringify(schema).length);
    this.#schemas.set(schema, size);
    return size ?? 0;
  }
}

// --- internal ---

/** Of a parameter without name, description and schema. */
const overhead = 50;
