/**
 * Connects a widget to the host and shows what comes.
 *
 *   M1. Everything that the host may say is listened for before the connection is made.
 *   M2. Theme, styles, language and zone follow the host; without one, the browser's.
 *   M3. The focus stays in the widget, whatever is drawn anew.
 */
import {
  App,
  applyDocumentTheme,
  applyHostFonts,
  applyHostStyleVariables,
} from '@modelcontextprotocol/ext-apps';
import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { render } from 'preact';
import type { ComponentType } from 'preact';
import type * as z from 'zod/mini';
import { thrownFailure } from './host/failure.ts';
import { createHost } from './host/host.ts';
import { SurroundingsContext } from './host/host-context.ts';
import { keepFocus } from './host/keep-focus.ts';
import { readResult } from './host/widget-state.ts';
import type { WidgetState } from './host/widget-state.ts';
import { FailureNotice } from './parts/failure-notice.tsx';
import { Loading } from './parts/loading.tsx';
import { Message } from './parts/message.tsx';
import { createDates } from './words/dates.ts';

export interface WidgetDefinition<Document> {
  readonly name: string;
  /** Heads the page until the view does. */
  readonly title: string;
  /** What is said while the tool works: "Looking for tasks…". */
  readonly waiting: string;
  readonly schema: z.ZodMiniType<Document>;
  readonly View: ComponentType<{ readonly document: Document }>;
}

export function mountWidget<Document>({
  name,
  title,
  waiting,
  schema,
  View,
}: WidgetDefinition<Document>): void {
  const root = document.getElementById('widget');
  if (root === null) return;
  const app = new App({ name: `oatty-${name}`, version: '1' });
  let state: WidgetState<Document> = { kind: 'waiting' };
  let host = createHost(app);
  let dates = createDates({});
  let serial = 0;

  const draw = (next: WidgetState<Document> = state): void => {
    state = next;
    render(
      <SurroundingsContext.Provider value={{ host, dates }}>
        {state.kind !== 'ready' && <h1 class="unseen">{title}</h1>}
        {state.kind === 'waiting' && <Loading text={waiting} />}
        {state.kind === 'cancelled' && (
          <Message title="Cancelled" text="The call was cancelled before it had a result." />
        )}
        {state.kind === 'failed' && <FailureNotice failure={state.failure} />}
        {state.kind === 'ready' && <View key={state.serial} document={state.document} />}
      </SurroundingsContext.Provider>,
      root,
    );
  };
  const follow = (context: McpUiHostContext): void => {
    applyLook(context);
    dates = createDates({ ...app.getHostContext(), ...context });
    draw();
  };

  // M1
  app.ontoolresult = (result) => draw(readResult(result, schema, (serial += 1)));
  app.ontoolcancelled = () => draw({ kind: 'cancelled' });
  app.onhostcontextchanged = follow;

  keepFocus(root); // M3
  draw();
  app.connect().then(
    () => {
      host = createHost(app);
      follow(app.getHostContext() ?? {});
    },
    (thrown: unknown) => draw({ kind: 'failed', failure: thrownFailure(thrown) }),
  );
}

// --- internal ---

/** M2 */
function applyLook({ theme, styles, safeAreaInsets }: McpUiHostContext): void {
  if (theme !== undefined) applyDocumentTheme(theme);
  if (styles?.variables !== undefined) applyHostStyleVariables(styles.variables);
  if (styles?.css?.fonts !== undefined) applyHostFonts(styles.css.fonts);
  for (const [side, width] of Object.entries(safeAreaInsets ?? {}))
    document.documentElement.style.setProperty(`--inset-${side}`, `${width}px`);
}
