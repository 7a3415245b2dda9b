/** An Arazzo document, read and saved as workflows: each that can be, with the reasons for the others. */
import { OattyError } from '@oatty/types';
import type { Violation } from '@oatty/types';
import { saveWorkflow } from '../workflows/save-workflow.ts';
import type {
  ArazzoImportDocument,
  WorkflowImportDocument,
  WorkflowImportOptions,
  WorkflowSaveDocument,
} from '../workflows/workflows.ts';
import type { World } from '../world.ts';
import { bindSources } from './bind-sources.ts';
import { convertDocument } from './convert-document.ts';
import type { ConvertedWorkflow } from './convert-document.ts';
import { Findings } from './findings.ts';
import { shapeOf } from './read-shape.ts';

/**
 * @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` when no workflow could be saved, with all the reasons; and what
 *   reading the document throws
 */
export async function importArazzo(
  world: World,
  options: WorkflowImportOptions,
): Promise<WorkflowImportDocument> {
  const { overwrite, ...reading } = options;
  const { loadDescription } = await import('@oatty/registry-gen');
  const { limits } = world.options;
  const loaded = await loadDescription({
    ...reading,
    cwd: world.cwd,
    ...(limits?.source && { limits: limits.source }),
  });
  const document = shapeOf(loaded.document);
  const findings = new Findings();
  const { allowPrivate, signal } = reading;
  const { sources, imported } = await bindSources(world, {
    document,
    location: loaded.location,
    options: { ...(allowPrivate !== undefined && { allowPrivate }), ...(signal && { signal }) },
    findings,
  });
  const converted = convertDocument(document, sources);
  const { workflows, refused } = await saveAll(world, converted.workflows, overwrite);
  const [first] = workflows;
  if (first === undefined) throw nothingSaved(loaded.source, refused);
  const about = loaded.warnings.map((message) => ({ path: '$', rule: 'arazzo_text', message }));
  return {
    kind: 'workflow',
    source: loaded.source,
    source_type: loaded.sourceType,
    workflow_id: first.workflow_id,
    path: first.path,
    version: first.version,
    overwritten: first.overwritten,
    warnings: [
      ...about,
      ...findings.warnings,
      ...converted.warnings,
      ...workflows.flatMap(({ warnings }) => warnings),
    ],
    arazzo: { workflows, refused, catalogs: imported },
  };
}

// --- internal ---

type Saved = Pick<ArazzoImportDocument, 'workflows' | 'refused'>;

async function saveAll(
  world: World,
  converted: readonly ConvertedWorkflow[],
  overwrite: boolean | undefined,
): Promise<Saved> {
  const workflows: ArazzoImportDocument['workflows'][number][] = [];
  const refused: ArazzoImportDocument['refused'][number][] = [];
  for (const { arazzoId, path, workflow, warnings, refusals } of converted) {
    const outcome = refusals.length > 0 ? refusals : await trySave(world, { path, workflow, overwrite });
    if (isSaved(outcome)) {
      const all = [...warnings, ...outcome.warnings.map((violation) => placed(violation, path))];
      workflows.push({ arazzo_id: arazzoId, ...outcome, warnings: all });
    } else refused.push({ arazzo_id: arazzoId, violations: outcome });
  }
  return { workflows, refused };
}

function isSaved(outcome: WorkflowSaveDocument | readonly Violation[]): outcome is WorkflowSaveDocument {
  return 'workflow_id' in outcome;
}

/** What is wrong with one workflow harms no other. */
async function trySave(
  world: World,
  {
    path,
    workflow,
    overwrite,
  }: Pick<ConvertedWorkflow, 'path' | 'workflow'> & { overwrite: boolean | undefined },
): Promise<WorkflowSaveDocument | readonly Violation[]> {
  const { stringify } = await import('yaml');
  try {
    return await saveWorkflow(world, {
      content: stringify(workflow),
      format: 'yaml',
      ...(overwrite !== undefined && { overwrite }),
    });
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (error.traits.category !== 'validation' && error.traits.category !== 'conflict') throw error;
    const { violations = [] } = error.options;
    if (violations.length > 0) return violations.map((violation) => placed(violation, path));
    return [{ path, rule: error.code, message: `${error.message} ${error.suggestedAction}` }];
  }
}

/** Places in the manifest that was made mean nothing to the reader of the document. */
function placed({ path, rule, message, suggestion }: Violation, workflowPath: string): Violation {
  const told = path === '$' ? message : `${path.replace(/^\$\.?/, '')}: ${message}`;
  return { path: workflowPath, rule, message: told, ...(suggestion !== undefined && { suggestion }) };
}

function nothingSaved(source: string, refused: ArazzoImportDocument['refused']): OattyError {
  const what = refused.length === 1 ? 'its workflow has' : `none of its ${refused.length} workflows has`;
  const no = refused.length === 1 ? 'no faithful' : 'a faithful';
  return new OattyError(
    'WORKFLOW_VALIDATION_FAILED',
    `"${source}" was not imported: ${what} ${no} counterpart.`,
    {
      suggestedAction: 'Change what the violations name in the document, or write a manifest.',
      violations: refused.flatMap(({ violations }) => violations),
    },
  );
}
