/** Secrets by name. A name that is not bound to the catalog is refused by the engine before this is asked. */
export interface SecretSource {
  get(name: string): Promise<string | undefined>;
}

/** The environment variables of the process. What a manifest may read of them is decided in `input/read-environment.ts`. */
export interface EnvironmentSource {
  get(name: string): string | undefined;
  /** Whether configuration lets every manifest read it; others only where an input names it. */
  isAllowed(name: string): boolean;
}
