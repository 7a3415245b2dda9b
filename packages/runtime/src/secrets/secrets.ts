/** Secrets as callers see them: values go in and never come out. */
/** Values never come back: they are set, listed by name, and removed. */
export interface Secrets {
  set(name: string, value: string, options?: { readonly catalogId?: string }): Promise<void>;
  /** Lets manifests use a secret that is there already with the commands of a catalog. */
  bind(name: string, catalogId: string): Promise<void>;
  list(): Promise<readonly { readonly name: string; readonly catalogs: readonly string[] }[]>;
  remove(name: string): Promise<boolean>;
}
