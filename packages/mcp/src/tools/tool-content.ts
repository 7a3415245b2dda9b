/** What a tool gives besides a plain document: content of several kinds, or a text of its own beside the document. */

export type ContentBlock =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image' | 'audio'; readonly data: string; readonly mimeType: string }
  | { readonly type: 'resource'; readonly resource: EmbeddedResource };

interface EmbeddedResource {
  readonly uri: string;
  readonly mimeType: string;
  readonly text: string;
}

export class ToolContent {
  readonly blocks: readonly ContentBlock[];

  constructor(...blocks: readonly ContentBlock[]) {
    this.blocks = blocks;
  }
}

/** A document whose text is written for a reader. Of other documents the text is their JSON. */
export class ToolAnswer {
  readonly document: object;
  readonly text: string;

  constructor(document: object, text: string) {
    this.document = document;
    this.text = text;
  }
}
