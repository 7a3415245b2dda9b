/**
 * JSON values as the tables keep them.
 *
 *   K1. A short one is its JSON text. A long one is `@` and the SHA-256 of its text: no JSON text begins so.
 *   K2. The text itself is kept once per hash, compressed; whoever keeps the same value again adds only a reference.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { OattyError } from '@oatty/types';

/** Shorter texts are not worth a row and a second look-up. */
const shortLength = 8 * 1024;

/** A `Value` as text. */
export type KeptText<Value> = string & { readonly valueType?: Value };

export interface Blob {
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** Turns values into text, and collects the long ones of one write. */
export class TextKeeper {
  readonly #long = new Map<string, string>();

  keep<Value>(value: Value): KeptText<Value> {
    const text = JSON.stringify(value);
    if (text.length < shortLength) return text;
    const name = createHash('sha256').update(text).digest('hex');
    this.#long.set(name, text);
    return `@${name}`;
  }

  /** What `keep` has made references to. */
  async blobs(): Promise<readonly Blob[]> {
    const kept = [...this.#long].map(async ([name, text]) => ({ hash: name, bytes: await pack(text) }));
    return Promise.all(kept);
  }
}

/** The hashes that these columns refer to, each once. */
export function referencesOf(columns: Iterable<string | null>): readonly string[] {
  const found = new Set<string>();
  for (const text of columns) if (text?.startsWith('@') === true) found.add(text.slice(1));
  return [...found];
}

/** Turns kept text into values again; every value is a copy of its own. */
export class TextReader {
  readonly #long: ReadonlyMap<string, string>;

  private constructor(long: ReadonlyMap<string, string>) {
    this.#long = long;
  }

  static async over(blobs: readonly Blob[]): Promise<TextReader> {
    const texts = await Promise.all(
      blobs.map(async (blob) => [blob.hash, await unpack(blob.bytes)] as const),
    );
    return new TextReader(new Map(texts));
  }

  read<Value>(kept: KeptText<Value>): Value {
    const text = kept.startsWith('@') ? this.#long.get(kept.slice(1)) : kept;
    if (text === undefined) throw damaged(`the text ${kept} is gone`, { kept });
    return JSON.parse(text) as Value; // made from one
  }
}

export function damaged(what: string, context: Readonly<Record<string, string | number>>): OattyError {
  return new OattyError('STORAGE_FAILED', `The journal is damaged: ${what}.`, {
    suggestedAction: 'Restore the journal from a backup, or move it away to begin with an empty one.',
    context,
  });
}

// --- internal ---

const compress = promisify(deflate);
const decompress = promisify(inflate);

async function pack(text: string): Promise<Uint8Array> {
  return compress(text, { level: 1 });
}

async function unpack(bytes: Uint8Array): Promise<string> {
  return (await decompress(bytes)).toString('utf8');
}
