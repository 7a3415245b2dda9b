/** What a test may ask of the page `host.ts`. */
export interface HostApi {
  connect(url: string): Promise<void>;
  /** Calls a tool and shows its result in the widget that the tool names. */
  callTool(name: string, input: Readonly<Record<string, unknown>>, options?: HostOptions): Promise<void>;
  /** Shows a widget that still waits for its result. */
  open(uri: string, options?: HostOptions): Promise<void>;
  /** Gives the open widget what the sample of that state has. */
  showSample(uri: string, state: string): Promise<void>;
  /** What hosts tell while a widget is shown. */
  setContext(context: HostContext): Promise<void>;
  listSamples(): { readonly uri: string; readonly states: readonly string[] }[];
  /** What the open widget asked of the host, in order. */
  listAsked(): readonly Asked[];
  /** How high the open widget wants to be. */
  height(): number;
}

export interface HostContext {
  readonly theme?: 'light' | 'dark';
  readonly timeZone?: string;
  readonly locale?: string;
}

export interface HostOptions extends HostContext {
  /** What becomes of the calls of the widget; default: they go to the server. */
  readonly calls?: 'refused' | 'unanswered';
  /** What the host offers besides showing the widget; default: all of it. */
  readonly offers?: readonly ('serverTools' | 'openLinks' | 'downloadFile' | 'updateModelContext')[];
}

export interface Asked {
  readonly what: 'model' | 'download' | 'link';
  readonly text: string;
}
