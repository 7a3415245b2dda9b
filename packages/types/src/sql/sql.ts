/**
 * SQL with its values apart: values are always bound, never put into the text.
 *
 * @example
 * sql`SELECT status FROM runs WHERE run_id = ${runId}`
 */
export type SqlValue = string | number | null | Uint8Array;

/** A part of a statement, or all of it. There is one text more than there are values. */
export class Sql {
  readonly texts: readonly string[];
  readonly values: readonly SqlValue[];

  constructor(texts: readonly string[], values: readonly SqlValue[]) {
    this.texts = texts;
    this.values = values;
  }
}

export function sql(texts: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  const flatTexts = [texts[0] ?? ''];
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    const following = texts[index + 1] ?? '';
    if (part instanceof Sql) {
      append(flatTexts, part.texts[0] ?? '');
      flatTexts.push(...part.texts.slice(1));
      values.push(...part.values);
      append(flatTexts, following);
    } else {
      flatTexts.push(following);
      values.push(part);
    }
  });
  return new Sql(flatTexts, values);
}

export function join(parts: readonly Sql[], separator: string): Sql {
  const [first, ...others] = parts;
  if (first === undefined) return new Sql([''], []);
  const between = new Sql([separator], []);
  return others.reduce((joined, part) => sql`${joined}${between}${part}`, first);
}

/** The text of a statement with what the database writes in place of a value. */
export function toText({ texts }: Sql, placeholder: (position: number) => string): string {
  return texts.reduce((text, next, position) => `${text}${placeholder(position)}${next}`);
}

// --- internal ---

function append(texts: string[], text: string): void {
  texts[texts.length - 1] += text;
}
