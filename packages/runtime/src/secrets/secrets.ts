/** Secrets as callers see them: values are set, and never come back. */
export interface Secrets {
  /** @throws {OattyError} `SECRET_BACKEND_READ_ONLY` where secrets come from the environment */
  set(name: string, value: string, options?: { readonly catalogId?: string }): Promise<void>;
  /** Lets manifests use a secret that is there already with the commands of a catalog. */
  bind(name: string, catalogId: string): Promise<void>;
  /** Secrets of the keychain, and those that catalogs use. */
  list(): Promise<readonly { readonly name: string; readonly catalogs: readonly string[] }[]>;
  /** Tells whether there was one. @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  remove(name: string): Promise<boolean>;
}
