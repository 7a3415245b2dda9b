/** Secrets as callers see them: values are set, and never come back. */
export interface Secrets {
  /**
   * @param value - a function is called once nothing else keeps the secret from being set: it may ask a person
   * @throws {OattyError} `SECRET_BACKEND_READ_ONLY` where secrets come from the environment
   */
  set(
    name: string,
    value: string | (() => Promise<string>),
    options?: { readonly catalogId?: string },
  ): Promise<void>;
  /** Lets manifests use a secret that is there already with the commands of a catalog. */
  bind(name: string, catalogId: string): Promise<void>;
  /** Secrets of the keychain, and those that catalogs use. */
  list(): Promise<readonly ListedSecret[]>;
  /** Tells whether there was one. @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  remove(name: string): Promise<boolean>;
}

// --- internal ---

interface ListedSecret {
  readonly name: string;
  /** Ids of the catalogs that it is bound to, or whose settings name it. */
  readonly catalogs: readonly string[];
  /** Whether it has a value now, in the keychain or the environment. */
  readonly is_set: boolean;
}
