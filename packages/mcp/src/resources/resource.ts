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
  read(oatty: Oatty): Promise<readonly ResourceContent[]>;
}

/** Resources at the addresses of a template with one variable. */
export interface ResourceTemplate extends ResourceDescription {
  /** `oatty://workflow/manifest/{workflow_id}` */
  readonly uriTemplate: string;
  readonly variable: string;
  /** @param value - what stands at the place of the variable */
  read(value: string, oatty: Oatty): Promise<readonly ResourceContent[]>;
  /** Values of the variable that begin with `prefix`, sorted. */
  complete(prefix: string, oatty: Oatty): Promise<readonly string[]>;
}

export type ResourceContent = ResourceText | ResourceBytes;

interface ResourcePart {
  /** The address of this part, where the resource has several. */
  readonly uri?: string;
  readonly mimeType: string;
}

interface ResourceText extends ResourcePart {
  readonly text: string;
}

interface ResourceBytes extends ResourcePart {
  /** In base64. */
  readonly blob: string;
}
