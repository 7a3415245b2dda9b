/** The arguments that name and import a description, in the words of the library. */
import type { DescriptionSource, ImportOptions } from '@oatty/runtime';

interface SourceArguments {
  readonly source: string;
  readonly source_type?: 'path' | 'url' | undefined;
  readonly allow_private?: boolean | undefined;
}

interface ImportArguments extends SourceArguments {
  readonly catalog_title?: string | undefined;
  readonly vendor?: string | undefined;
  readonly base_url?: string | undefined;
}

export function toDescriptionSource(args: SourceArguments, signal: AbortSignal): DescriptionSource {
  return {
    source: args.source,
    ...(args.source_type !== undefined && { sourceType: args.source_type }),
    ...(args.allow_private !== undefined && { allowPrivate: args.allow_private }),
    signal,
  };
}

export function toImportOptions(args: ImportArguments, signal: AbortSignal): ImportOptions {
  return {
    ...toDescriptionSource(args, signal),
    ...(args.catalog_title !== undefined && { catalogTitle: args.catalog_title }),
    ...(args.vendor !== undefined && { vendor: args.vendor }),
    ...(args.base_url !== undefined && { baseUrl: args.base_url }),
  };
}
