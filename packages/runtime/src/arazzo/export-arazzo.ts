/** A saved workflow as an Arazzo document. */
import { realpath } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { OattyError } from '@oatty/types';
import type { CatalogEntry } from '@oatty/types';
import { isBundledSource } from '../catalogs/bundled-descriptions.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import type { ArazzoExportDocument, ArazzoExportOptions } from '../workflows/workflows.ts';
import type { World } from '../world.ts';
import { exportWorkflow } from './export-workflow.ts';
import { Findings } from './findings.ts';

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` with what Arazzo cannot say, and what reading the workflow throws */
export async function exportArazzo(
  world: World,
  workflowId: string,
  { outputPath }: ArazzoExportOptions,
): Promise<ArazzoExportDocument> {
  const { workflow } = await requireValidWorkflow(world, { workflowId });
  const findings = new Findings();
  const sources = new Map<string, string>();
  const find = (commandId: string) => world.commandIndex.find(commandId);
  for (const { run } of workflow.steps) {
    const found = find(run);
    if (found?.command.execution.kind !== 'http' || sources.has(found.entry.id)) continue;
    sources.set(found.entry.id, await addressOf(world, found.entry, outputPath, findings));
  }
  const document = exportWorkflow(workflow, { find, sources, findings });
  const { refusals, warnings } = findings;
  if (refusals.length === 0) return { workflow_id: workflowId, document, warnings };
  throw new OattyError(
    'WORKFLOW_VALIDATION_FAILED',
    `Arazzo cannot say what workflow "${workflowId}" does.`,
    {
      suggestedAction: 'Change what the violations name, or export it as YAML or JSON.',
      context: { workflow_id: workflowId },
      violations: refusals,
    },
  );
}

// --- internal ---

/** An address as it is; a path relative to the document that is written. */
async function addressOf(
  world: World,
  { id, source, source_type }: CatalogEntry,
  outputPath: string,
  findings: Findings,
): Promise<string> {
  if (source_type === 'url' || isBundledSource(source)) return source;
  const path = resolve(world.cwd, source);
  const isThere = await realpath(path).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    findings.warn('$', 'arazzo_source', `The description of catalog "${id}" is not at "${path}" any more.`);
  }
  return relative(dirname(resolve(world.cwd, outputPath)), path)
    .split(sep)
    .join('/');
}
