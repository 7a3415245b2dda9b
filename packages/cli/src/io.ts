/** The streams and the surroundings of one call, so that tests can give their own. */
import type { Writable } from 'node:stream';

export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Opened when they are first asked for, since Node takes milliseconds for each. */
export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Both ends are a terminal: questions may be asked. */
export function isInteractive(io: Io): boolean {
  return io.stderr.isTTY === true && io.stdin.isTTY;
}
