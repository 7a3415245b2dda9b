export interface Once<Value> {
  (): Promise<Value>;
  /** What was made or is being made; never starts to. */
  opened(): Promise<Value> | undefined;
}

/** Made at the first call; after a failure the next call tries again. */
export function once<Value>(make: () => Promise<Value>): Once<Value> {
  let made: Promise<Value> | undefined;
  const get = () => {
    made ??= make().catch((thrown: unknown) => {
      made = undefined;
      throw thrown;
    });
    return made;
  };
  return Object.assign(get, { opened: () => made });
}
