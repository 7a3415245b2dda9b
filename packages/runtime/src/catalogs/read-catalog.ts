/** A description, read and turned into a manifest. The reader of OpenAPI documents is loaded here, and only then. */
import { OattyError } from '@oatty/types';
import type { CatalogManifest } from '@oatty/types';
import type { LoadedDescription } from '@oatty/registry-gen';
import type { DescriptionSource, ImportOptions, OpenapiValidationDocument } from '../oatty.ts';
import type { World } from '../world.ts';

export interface ReadCatalog {
  readonly loaded: LoadedDescription;
  readonly manifest: CatalogManifest;
  readonly warnings: readonly string[];
}

/** @throws {OattyError} `OPENAPI_SOURCE_VALIDATION_FAILED`, and whatever reading the source throws */
export async function readCatalog(world: World, options: ImportOptions): Promise<ReadCatalog> {
  const { generateCatalog } = await import('@oatty/registry-gen');
  const { loaded, report } = await readDescription(world, options);
  if (!report.valid) {
    throw new OattyError('OPENAPI_SOURCE_VALIDATION_FAILED', refusal(report), {
      context: { source: report.source, document_kind: report.document_kind },
      violations: report.violations,
    });
  }
  const { catalogTitle, vendor, baseUrl } = options;
  const generated = generateCatalog(loaded, {
    ...(catalogTitle !== undefined && { title: catalogTitle }),
    ...(vendor !== undefined && { vendor }),
    ...(baseUrl !== undefined && { baseUrl }),
  });
  return {
    loaded,
    manifest: generated.manifest,
    warnings: unique([...report.warnings, ...generated.warnings]),
  };
}

export async function readDescription(
  world: World,
  { source, sourceType, allowPrivate, signal }: DescriptionSource,
): Promise<{ readonly loaded: LoadedDescription; readonly report: OpenapiValidationDocument }> {
  const { loadDescription, validateDescription } = await import('@oatty/registry-gen');
  const loaded = await loadDescription({
    source,
    cwd: world.cwd,
    ...(sourceType !== undefined && { sourceType }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(signal !== undefined && { signal }),
  });
  const report = await validateDescription(loaded);
  return { loaded, report: { source: loaded.source, ...report } };
}

// --- internal ---

function refusal({ source, violations }: OpenapiValidationDocument): string {
  const [first] = violations;
  return first === undefined
    ? `${source} cannot be imported.`
    : `${source} cannot be imported: ${first.message}`;
}

function unique(warnings: readonly string[]): readonly string[] {
  return [...new Set(warnings)];
}
