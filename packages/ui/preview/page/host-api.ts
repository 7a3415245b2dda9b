/** What a test may ask of the page `host.ts`. */
export interface HostApi {
  connect(url: string): Promise<void>;
  /** Calls a tool and shows its result in the widget that the tool names. */
  callTool(name: string, input: Readonly<Record<string, unknown>>, options?: HostOptions): Promise<void>;
  /** Shows a widget that still waits for its result. */
  open(uri: string, options?: HostOptions): Promise<void>;
  /** Gives the open widget what the sample of that state has. */
  showSample(uri: string, state: string): Promise<void>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  listSamples(): { readonly uri: string; readonly states: readonly string[] }[];
  /** What the open widget asked of the host, in order. */
  listAsked(): readonly Asked[];
}

export interface HostOptions {
  readonly theme?: 'light' | 'dark';
  readonly timeZone?: string;
  /** What the host offers besides showing the widget; default: all of it. */
  readonly offers?: readonly ('serverTools' | 'openLinks' | 'downloadFile' | 'updateModelContext')[];
}

export interface Asked {
  readonly what: 'model' | 'download' | 'link';
  readonly text: string;
}
