/**
 * The host as a widget sees it: what may be asked of it, and what it says of the user.
 *
 *   H1. What the host does not offer is told by `can`, and is not asked for.
 *   H2. Asking never throws: a failure is a value that is shown.
 */
import type { App } from '@modelcontextprotocol/ext-apps';
import type * as z from 'zod/mini';
import { thrownFailure } from './failure.ts';
import type { Failure } from './failure.ts';
import { readResult, notUnderstood } from './widget-state.ts';

export type ToolAnswer<Document> =
  | { readonly kind: 'done'; readonly document: Document }
  | { readonly kind: 'failed'; readonly failure: Failure };

interface TextFile {
  readonly name: string;
  readonly mimeType: string;
  readonly text: string;
}

export interface Host {
  readonly can: { readonly callTools: boolean; readonly openLinks: boolean; readonly download: boolean };
  call<Document>(
    tool: string,
    input: Readonly<Record<string, unknown>>,
    schema: z.ZodMiniType<Document>,
  ): Promise<ToolAnswer<Document>>;
  /** Lets the model know, with its next turn, what the user did here. */
  tellModel(what: string): Promise<void>;
  /** @returns whether the host took the file */
  download(file: TextFile): Promise<boolean>;
  openLink(url: string): Promise<boolean>;
}

export function createHost(app: App): Host {
  const capabilities = app.getHostCapabilities() ?? {};
  const told: string[] = [];
  return {
    can: {
      callTools: capabilities.serverTools !== undefined,
      openLinks: capabilities.openLinks !== undefined,
      download: capabilities.downloadFile !== undefined,
    },
    async call(tool, input, schema) {
      try {
        const state = readResult(
          await app.callServerTool({ name: tool, arguments: { ...input } }),
          schema,
          0,
        );
        if (state.kind === 'ready') return { kind: 'done', document: state.document };
        return { kind: 'failed', failure: state.kind === 'failed' ? state.failure : notUnderstood };
      } catch (thrown) {
        return { kind: 'failed', failure: thrownFailure(thrown) };
      }
    },
    async tellModel(what) {
      if (capabilities.updateModelContext === undefined) return;
      told.push(what); // the host keeps the last text alone
      const text = ['In the widget, the user:', ...told.slice(-toldAtMost)].join('\n- ');
      await ask(() => app.updateModelContext({ content: [{ type: 'text', text }] }));
    },
    download: ({ name, mimeType, text }) =>
      ask(() =>
        app.downloadFile({
          contents: [{ type: 'resource', resource: { uri: `file:///${name}`, mimeType, text } }],
        }),
      ),
    openLink: (url) => ask(() => app.openLink({ url })),
  };
}

// --- internal ---

const toldAtMost = 20;

/** H2 */
async function ask(request: () => Promise<object>): Promise<boolean> {
  try {
    const answer = await request();
    return !('isError' in answer && answer.isError === true);
  } catch {
    return false;
  }
}
