/** Are the catalogs that the manifest requires there and enabled, and of the version that it was written for? */
import type { CatalogSummary } from '../ports/command-source.ts';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene } from './scene.ts';

export function checkRequirements(scene: Scene): void {
  for (const [index, requirement] of (scene.draft.requires?.catalogs ?? []).entries()) {
    checkRequirement(scene, ['requires', 'catalogs', index], requirement);
  }
}

// --- internal ---

type Requirement = NonNullable<NonNullable<Scene['draft']['requires']>['catalogs'][number]>;

function checkRequirement({ commands, report }: Scene, path: ManifestPath, required: Requirement): void {
  const installed = commands.catalogs();
  const matching = installed.filter((catalog) => matches(catalog, required));
  const enabled = matching.filter((catalog) => catalog.enabled);
  const name = `vendor "${required.vendor}"${required.title ? ` and title "${required.title}"` : ''}`;
  const suggestion = suggestImport(required);
  const { version } = required;
  const versions = enabled.flatMap(({ document_version }) => document_version ?? []);
  if (matching.length === 0) {
    report.violation({
      path,
      rule: 'catalog_requirement',
      message: `There is no catalog with ${name}.`,
      expected: required,
      actual: installed.map(({ vendor, title }) => ({ vendor, title })).slice(0, 30),
      suggestion,
    });
  } else if (enabled.length === 0) {
    report.violation({
      path,
      rule: 'catalog_disabled',
      message: `The catalog with ${name} is disabled.`,
      suggestion: `Enable the catalog "${matching[0]?.id}".`,
    });
  } else if (version && !versions.includes(version)) {
    const message = `The catalog with ${name} is not of version ${version}.`;
    const actual = versions.length === 1 ? versions[0] : versions;
    report.warning({
      path: [...path, 'version'],
      rule: 'catalog_version',
      message,
      expected: version,
      actual,
      suggestion,
    });
  }
}

/** Vendor, and title where one is asked for; case does not matter. */
function matches(catalog: CatalogSummary, { vendor, title }: Requirement): boolean {
  return isSameName(catalog.vendor, vendor) && (!title || isSameName(catalog.title, title));
}

function isSameName(first: string, second: string): boolean {
  return first.trim().toLowerCase() === second.trim().toLowerCase();
}

function suggestImport({ vendor, source, source_type, version }: Requirement): string {
  if (!source) return `Import the catalog of "${vendor}".`;
  const what = version ? `version ${version} of it` : 'it';
  return `Import ${what} from the ${source_type ?? 'source'} ${source} with the vendor "${vendor}".`;
}
