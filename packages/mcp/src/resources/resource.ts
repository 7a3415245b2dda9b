/** What a resource is. One file defines one resource; `resource-list.ts` has them all. */
import type { Oatty } from '@oatty/runtime';

interface ResourceDescription {
  /** Dotted: `workflow.spec`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType?: string;
}

/** A resource at one address. */
export interface Resource extends ResourceDescription {
  readonly uri: string;
  readonly _meta?: Readonly<Record<string, unknown>>;
  read(oatty: Oatty): Promise<readonly ResourceContent[]>;
}

/** Resources that are there at times. */
export interface PassingResources {
  /** All that there can be. */
  readonly known: readonly Resource[];
  /** Those that there are now. */
  read(oatty: Oatty): Promise<readonly Resource[]>;
}

/** Resources at the addresses of a template. */
export interface ResourceTemplate extends ResourceDescription {
  /** `oatty://workflow/manifest/{workflow_id}` or `oatty://command/catalog{?vendor,cursor}` */
  readonly uriTemplate: string;
  read(values: TemplateValues, oatty: Oatty): Promise<readonly ResourceContent[]>;
  /** By variable: its values that begin with `prefix`, sorted. */
  readonly complete: Readonly<Record<string, Completion>>;
  /** Those that are listed one by one. */
  list?(oatty: Oatty): Promise<readonly ListedResource[]>;
}

/** What an address says of the variables. */
export type TemplateValues = Readonly<Record<string, string>>;

export type Completion = (prefix: string, oatty: Oatty) => Promise<readonly string[]>;

/** A resource as `resources/list` shows it. */
export interface ListedResource extends ResourceDescription {
  readonly uri: string;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

export type ResourceContent = ResourceText | ResourceBytes;

interface ResourcePart {
  /** The address of this part, where the resource has several. */
  readonly uri?: string;
  readonly mimeType: string;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

interface ResourceText extends ResourcePart {
  readonly text: string;
}

interface ResourceBytes extends ResourcePart {
  /** In base64. */
  readonly blob: string;
}
