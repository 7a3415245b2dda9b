/** How text looks on one stream: colours and a width on a terminal; plain and as long as it likes everywhere else. */
import type { OutputStream } from '../io.ts';

export interface TextStyle {
  readonly isTerminal: boolean;
  /** Columns of the terminal; 0: no limit. */
  readonly width: number;
  readonly paint: Paint;
}

type Color = (text: string) => string;

export interface Paint {
  readonly bold: Color;
  readonly dim: Color;
  readonly red: Color;
  readonly green: Color;
  readonly yellow: Color;
  readonly cyan: Color;
}

export interface ColorWishes {
  /** `--no-color` */
  readonly noColor: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const plainStyle: TextStyle = { isTerminal: false, width: 0, paint: createPaint(false) };

export function styleOf(stream: OutputStream, { noColor, env }: ColorWishes): TextStyle {
  if (stream.isTTY !== true) return plainStyle;
  const hasColor = !noColor && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return { isTerminal: true, width: stream.columns ?? 80, paint: createPaint(hasColor) };
}

// --- internal ---

function createPaint(enabled: boolean): Paint {
  const code =
    (open: number, close: number): Color =>
    (text) =>
      enabled && text !== '' ? `\u001B[${open}m${text}\u001B[${close}m` : text;
  return {
    bold: code(1, 22),
    dim: code(2, 22),
    red: code(31, 39),
    green: code(32, 39),
    yellow: code(33, 39),
    cyan: code(36, 39),
  };
}
