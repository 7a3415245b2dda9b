/** What a handler gives back. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A JSON value; bytes and text with their own `content-type` are sent as they are. */
  readonly body?: unknown;
}
