import type { CallToolResult } from '@modelcontextprotocol/client';

/** What a test may ask of the page `chatgpt.ts`. */
export interface ChatgptApi {
  /** Shows a widget, and gives it the result once it has connected. */
  show(html: string, input: object, result: CallToolResult): Promise<void>;
  /** Methods that the widget has called or told, in order. */
  listMethods(): readonly string[];
  /** What the widget has read of `window.openai`, in order. */
  listExtensions(): readonly string[];
}
