/** Catalogs as callers see them: the operations, and the documents that they give. */
import type { HeaderEdit } from '@oatty/registry';
import type { CatalogChanges, DescriptionReport } from '@oatty/registry-gen';
import type { ApproveExposure } from './exposure.ts';
import type { BrokenWorkflow } from './find-broken-workflows.ts';
import type { CatalogCredential, CatalogKind, Command, Effect, SchemaTable, SourceType } from '@oatty/types';

export interface Catalogs {
  list(): Promise<CatalogListDocument>;
  /** @throws {OattyError} `CATALOG_NOT_FOUND` */
  show(catalogId: string): Promise<CatalogDocument>;
  /** Reads a description and says whether it can be imported. Writes nothing. */
  validateOpenapi(source: DescriptionSource): Promise<OpenapiValidationDocument>;
  /** Plans an import without writing. */
  previewImport(options: ImportPreviewOptions): Promise<ImportPreviewDocument>;
  importOpenapi(options: ImportOptions): Promise<CatalogImportDocument>;
  setEnabled(catalogId: string, enabled: boolean): Promise<CatalogToggleDocument>;
  setBaseUrl(catalogId: string, baseUrl: string, options?: SettingOptions): Promise<CatalogSettingsDocument>;
  editHeaders(
    catalogId: string,
    edit: HeaderEdit,
    options?: SettingOptions,
  ): Promise<CatalogSettingsDocument>;
  /** Sets or, with `undefined`, forgets the credential of one security scheme. */
  setAuth(
    catalogId: string,
    scheme: string,
    credential: CatalogCredential | undefined,
  ): Promise<CatalogSettingsDocument>;
  remove(catalogId: string, options?: { readonly removeManifest?: boolean }): Promise<CatalogRemovalDocument>;
}

/** For callers who do not decide alone where credentials go. */
export interface SettingOptions {
  /** Absent: the caller may expose whatever it names. */
  readonly approve?: ApproveExposure;
}

export interface DescriptionSource {
  /** Path or URL. */
  readonly source: string;
  /** Inferred from `http(s)://` when absent. */
  readonly sourceType?: SourceType;
  /** Allows private and loopback addresses. */
  readonly allowPrivate?: boolean;
  readonly signal?: AbortSignal;
}

export interface ImportOptions extends DescriptionSource, SettingOptions {
  /** The title of the description when absent. */
  readonly catalogTitle?: string;
  readonly vendor?: string;
  readonly baseUrl?: string;
  readonly overwrite?: boolean;
  readonly enabled?: boolean;
}

export interface ImportPreviewOptions extends ImportOptions {
  readonly includeCommandPreview?: boolean;
}

export interface CatalogListDocument {
  readonly items: readonly CatalogListItem[];
  /** Catalogs that are registered but cannot be read. */
  readonly problems: readonly Problem[];
}

export interface CatalogListItem {
  readonly catalog_id: string;
  readonly title: string;
  readonly vendor: string;
  readonly kind: CatalogKind;
  readonly enabled: boolean;
  readonly base_url: string | null;
  readonly command_count: number;
  readonly source: string;
}

export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A catalog's settings; header values and credentials are masked, references (`${env:NAME}`) are shown. */
export interface CatalogSettingsDocument extends CatalogListItem {
  readonly description: string;
  readonly base_urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly auth: Readonly<Record<string, unknown>>;
  readonly security_schemes: Readonly<Record<string, unknown>>;
}

export interface CatalogDocument extends CatalogSettingsDocument {
  readonly document: string;
  readonly commands: readonly Command[];
  readonly schemas: SchemaTable;
}

export interface CatalogToggleDocument {
  readonly catalog_id: string;
  readonly enabled: boolean;
  readonly command_count_after_toggle: number;
}

export interface CatalogRemovalDocument {
  readonly removed_catalog_id: string;
  readonly manifest_removed: boolean;
  readonly remaining_catalog_count: number;
}

export interface OpenapiValidationDocument extends DescriptionReport {
  readonly source: string;
}

/** Of an import over a catalog that is there and can be read. */
export interface ImportConsequences {
  readonly changes?: CatalogChanges;
  /** Saved workflows that are valid no more, by id. */
  readonly broken_workflows?: readonly BrokenWorkflow[];
}

export interface ImportPreviewDocument extends ImportConsequences {
  readonly catalog: {
    readonly catalog_id: string;
    readonly title: string;
    readonly vendor: string;
    readonly base_url: string | null;
  };
  readonly projected_command_count: number;
  /** First words of the command names, sorted. */
  readonly projected_group_prefixes: readonly string[];
  readonly provider_contract_count: number;
  readonly warnings: readonly string[];
  /** At most 50. */
  readonly command_preview?: readonly {
    readonly id: string;
    readonly summary: string;
    readonly effect: Effect;
  }[];
}

export interface CatalogImportDocument extends ImportConsequences {
  readonly kind: 'catalog';
  readonly source: string;
  readonly source_type: SourceType;
  readonly catalog_id: string;
  /** registry.json */
  readonly catalog_path: string;
  /** catalogs/<id>.json */
  readonly manifest_path: string;
  readonly vendor: string;
  readonly command_count: number;
  readonly provider_contract_count: number;
  readonly enabled: boolean;
  readonly base_urls: readonly string[];
  readonly warnings: readonly string[];
}
