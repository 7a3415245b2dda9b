/**
 * A tool that is one command of a catalog that comes with oatty, under a name of its own. One file defines one tool;
 * `catalog-tool-list.ts` puts them in order.
 *
 *   N1. What it takes is what the command takes, and what it gives begins with what the command gives: the manifest of
 *       the catalog says both, and here is only what there is besides.
 *   N2. `safety` is the effect of the command. It stands here because it has to be known of a name alone, before anything
 *       is read; a test compares the two, and a command that does more than the tool is refused.
 */
import type * as z from 'zod';
import type { JsonType, Tool } from '../tools/tool.ts';

export interface CatalogTool<Given = unknown> extends Pick<Tool, 'name' | 'description' | 'isOpenWorld'> {
  /** Its first word is the vendor, which is the id of the catalog. */
  readonly command: string;
  readonly safety: 'safe' | 'standard';
  readonly isIdempotent: boolean;
  /** Arguments that only an admin may give; the command refuses them too. */
  readonly adminArguments?: readonly string[];
  /** Address of the view that shows the result. */
  readonly view: string;
  /** What is used here of what the command gives; the rest is passed on. */
  readonly given: z.ZodType<Given>;
  /** What the document has besides what the command gives. */
  readonly output: Readonly<Record<string, JsonType>>;
  readonly toDocument: (given: Given) => object;
  /** For a model whose host shows no view: all that it needs to go on, bounded in size. */
  readonly toText: (given: Given) => string;
}

/** Infers the type of what the command gives, which is parsed with `given` before it reaches the tool. */
export function defineCatalogTool<Given>(tool: CatalogTool<Given>): AnyCatalogTool {
  const { given, toDocument, toText, ...description } = tool;
  return {
    ...description,
    answer(body) {
      const parsed = given.parse(body);
      return { document: toDocument(parsed), text: toText(parsed) };
    },
  };
}

/** A tool whatever its command gives. */
export interface AnyCatalogTool extends Omit<CatalogTool, 'given' | 'toDocument' | 'toText'> {
  readonly answer: (body: unknown) => { readonly document: object; readonly text: string };
}
