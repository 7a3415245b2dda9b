/** A provider is a command that offers values for an input. */

/** Links a parameter to the command that lists its values. */
export interface ProviderBinding {
  /** Id of the provider command. */
  readonly command: string;
  /** Provider parameter → name of the consumer's parameter whose value it takes. */
  readonly binds?: Readonly<Record<string, string>>;
}

/** What a provider command takes and gives. */
export interface ProviderContract {
  /** Id of the provider command. */
  readonly command: string;
  readonly arguments: readonly { readonly name: string; readonly required: boolean }[];
  /** Where the list is in the output; `.` is the output itself. */
  readonly list_path?: string;
  /** Fields of one item. The tag `id` marks what to take, `display` what to show. */
  readonly fields: readonly {
    readonly name: string;
    readonly type?: string;
    readonly tags?: readonly ('id' | 'display')[];
  }[];
}
