/**
 * Keeps up to `width` pieces of work going until there is nothing more to take and everything has ended.
 *
 * `take` is asked again whenever a piece has ended, for that may have made others ready. When work throws, nothing
 * more is taken; the first error is thrown once everything has ended.
 */
export async function runPool<Piece>(
  width: number,
  take: () => Piece | undefined,
  work: (piece: Piece) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  await new Promise<void>((resolve) => {
    let active = 0;
    const fill = (): void => {
      while (active < width && failures.length === 0) {
        const piece = take();
        if (piece === undefined) break;
        active += 1;
        void work(piece)
          .catch((thrown: unknown) => failures.push(thrown))
          .finally(() => {
            active -= 1;
            fill();
          });
      }
      if (active === 0) resolve();
    };
    fill();
  });
  if (failures.length > 0) throw failures[0];
}
