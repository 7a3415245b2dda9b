/** A description, read and turned into a manifest. The reader of OpenAPI documents is loaded here, and only then. */
import { boundViolations, boundWarnings } from '@oatty/types';
import type { CatalogManifest, SourceType } from '@oatty/types';
import type { LoadedDescription } from '@oatty/registry-gen';
import type { DescriptionSource, ImportOptions, OpenapiValidationDocument } from './catalogs.ts';
import type { World } from '../world.ts';
import { findBundledDescription } from './bundled-descriptions.ts';

export interface ReadCatalog {
  /** Where it came from. The document itself is let go: a large one takes hundreds of megabytes. */
  readonly source: string;
  readonly sourceType: SourceType;
  readonly manifest: CatalogManifest;
  readonly warnings: readonly string[];
}

/** @throws {OattyError} `OPENAPI_SOURCE_VALIDATION_FAILED`, and whatever reading the source throws */
export async function readCatalog(world: World, options: ImportOptions): Promise<ReadCatalog> {
  const { generateCatalog } = await import('@oatty/registry-gen');
  const loaded = await readDescription(world, options);
  const { catalogTitle, vendor, baseUrl } = options;
  const { manifest, warnings } = generateCatalog(loaded, {
    ...(catalogTitle !== undefined && { title: catalogTitle }),
    ...(vendor !== undefined && { vendor }),
    ...(baseUrl !== undefined && { baseUrl }),
  });
  const { source, sourceType } = loaded;
  return { source, sourceType, manifest, warnings: tell([...loaded.warnings, ...warnings]) };
}

/** Says whether a description can be imported; departures from its own specification are warnings. */
export async function judgeDescription(
  world: World,
  options: DescriptionSource,
): Promise<OpenapiValidationDocument> {
  const { checkSpecification, validateDescription } = await import('@oatty/registry-gen');
  const loaded = await readDescription(world, options);
  const report = validateDescription(loaded);
  const departures = report.valid ? await checkSpecification(loaded) : [];
  return {
    source: loaded.source,
    ...report,
    violations: boundViolations(report.violations),
    warnings: tell([...report.warnings, ...departures]),
  };
}

// --- internal ---

async function readDescription(
  world: World,
  { source, sourceType, allowPrivate, signal }: DescriptionSource,
): Promise<LoadedDescription> {
  const { loadDescription } = await import('@oatty/registry-gen');
  const bundled = sourceType === 'url' ? undefined : await findBundledDescription(source);
  const loaded = await loadDescription({
    source: bundled ?? source,
    cwd: world.cwd,
    ...(world.options.limits?.source && { limits: world.options.limits.source }),
    ...(sourceType !== undefined && { sourceType }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(signal !== undefined && { signal }),
  });
  return bundled === undefined ? loaded : { ...loaded, source };
}

function tell(warnings: readonly string[]): readonly string[] {
  return boundWarnings([...new Set(warnings)]);
}
