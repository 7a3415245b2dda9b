/**
 * Keeps up to `width` pieces of work going until there is nothing more to take and everything has ended.
 *
 * `take` is asked again whenever a piece has ended, for that may have made others ready. When work throws, nothing
 * more is taken; the first error is thrown once everything has ended.
 *
 * @param shift - told how many pieces more (or less) are in flight; the caller counts for one all the time
 */
export async function runPool<Piece>(
  width: number,
  take: () => Piece | undefined,
  work: (piece: Piece) => Promise<void>,
  shift: (count: number) => void = () => {},
): Promise<void> {
  const failures: unknown[] = [];
  await new Promise<void>((resolve) => {
    let active = 0;
    let counted = 1;
    const count = (): void => {
      const now = Math.max(1, active);
      if (now !== counted) shift(now - counted);
      counted = now;
    };
    const fill = (): void => {
      while (active < width && failures.length === 0) {
        const piece = take();
        if (piece === undefined) break;
        active += 1;
        count();
        void work(piece)
          .catch((thrown: unknown) => failures.push(thrown))
          .finally(() => {
            active -= 1;
            fill();
          });
      }
      count();
      if (active === 0) resolve();
    };
    fill();
  });
  if (failures.length > 0) throw failures[0];
}
