/** What a tool gives that has no document to give: text, images, sounds, resources. */

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
