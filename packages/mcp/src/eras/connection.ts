/** A client that one revision serves. */
export interface Connection {
  /** A stream to the client has opened or broken: what is open is asked there, or elsewhere. */
  onStreams(): void;
  close(): Promise<void>;
}
