/** The streams and the surroundings of one call, so that tests can give their own. */
import type { Writable } from 'node:stream';

export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

export interface Io {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Both ends are a terminal: questions may be asked. */
export function isInteractive(io: Io): boolean {
  return io.stdin.isTTY && io.stderr.isTTY === true;
}
