/** Are the catalogs that the manifest requires there and enabled? */
import type { CatalogSummary } from '../ports.ts';
import type { Scene } from './scene.ts';

export function checkRequirements({ draft, commands, report }: Scene): void {
  const installed = commands.catalogs();
  for (const [index, required] of (draft.requires?.catalogs ?? []).entries()) {
    const path = ['requires', 'catalogs', index];
    const matching = installed.filter((catalog) => matches(catalog, required));
    const name = `vendor "${required.vendor}"${required.title ? ` and title "${required.title}"` : ''}`;
    if (matching.length === 0) {
      report.violation({
        path,
        rule: 'catalog_requirement',
        message: `There is no catalog with ${name}.`,
        expected: required,
        actual: installed.map(({ vendor, title }) => ({ vendor, title })).slice(0, 30),
        suggestion: suggestImport(required),
      });
    } else if (!matching.some(({ enabled }) => enabled)) {
      report.violation({
        path,
        rule: 'catalog_disabled',
        message: `The catalog with ${name} is disabled.`,
        suggestion: `Enable the catalog "${matching[0]?.id}".`,
      });
    }
  }
}

// --- internal ---

type Requirement = NonNullable<NonNullable<Scene['draft']['requires']>['catalogs'][number]>;

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
