/**
 * The last lines of a terminal, drawn again and again; what is finished goes above them and stays.
 *
 * It is never taller than the screen, since only what is on it can be redrawn, and its lines must not wrap.
 */
import type { OutputStream } from '../io.ts';

export class LiveArea {
  readonly #stream: OutputStream;
  #drawn = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  /** Lines that stay, above the area, which is empty until it is drawn again. */
  keep(...lines: readonly string[]): void {
    this.#stream.write(this.#erase() + lines.map((line) => `${line}\n`).join(''));
  }

  /** @param lines - at most as wide as the terminal */
  draw(lines: readonly string[]): void {
    const room = Math.max(1, (this.#stream.rows ?? 24) - 2);
    const hidden = lines.length - room;
    const shown = hidden > 0 ? [...lines.slice(0, room - 1), `… and ${hidden + 1} more`] : lines;
    this.#stream.write(this.#erase() + shown.map((line) => `${line}\n`).join(''));
    this.#drawn = shown.length;
  }

  // --- internal ---

  #erase(): string {
    // Back to the margin first: a terminal shows Ctrl-C as two characters where the cursor stands.
    const text = this.#drawn === 0 ? '' : `\r\u001B[${this.#drawn}A\u001B[J`;
    this.#drawn = 0;
    return text;
  }
}
