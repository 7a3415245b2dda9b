/** Everything that is wrong with a draft: what the validator says, and whether it may be saved under its id. */
import { OattyError } from '@oatty/types';
import type { Violation, Workflow } from '@oatty/types';
import { checkDocument } from '../workflows/check-workflow.ts';
import { selectOrExplain } from '../workflows/validate-workflow.ts';
import type { World } from '../world.ts';
import { isManifest } from './draft-blocks.ts';
import type { Manifest } from './draft-blocks.ts';
import type { DraftWish } from './draft.ts';

export interface CheckedDraft {
  /** `{}` for a text that is no manifest. */
  readonly value: Manifest;
  readonly violations: readonly Violation[];
  /** There when the shape is right. */
  readonly workflow?: Workflow;
  /** The text is no YAML or JSON of an object. */
  readonly isUnreadable: boolean;
}

export async function checkDraft(world: World, text: string): Promise<CheckedDraft> {
  const selected = await selectOrExplain(world, { manifest: text });
  if ('rule' in selected) return { value: {}, violations: [selected], isUnreadable: true };
  const { value } = selected.document;
  const { violations, workflow } = await checkDocument(world, selected.document);
  return {
    value: isManifest(value) ? value : {},
    violations,
    isUnreadable: !isManifest(value),
    ...(workflow && { workflow }),
  };
}

/** A valid workflow that may not be saved as what it calls itself: told as a violation, so that a model can correct it. */
export async function checkName(
  world: World,
  wish: DraftWish,
  text: string,
  workflow: Workflow,
): Promise<Violation | undefined> {
  const id = workflow.workflow;
  const at = { path: '$.workflow', actual: id } as const;
  if (wish.workflow_id !== undefined && id !== wish.workflow_id) {
    const message = `The workflow keeps its id, "${wish.workflow_id}".`;
    return { ...at, rule: 'identifier_mismatch', message, expected: wish.workflow_id };
  }
  if (wish.overwrite === true || wish.expected_version !== undefined) return undefined;
  const saved = await readSaved(world, id);
  if (saved === undefined || saved.content === text) return undefined;
  const message = `There is a workflow "${id}" already.`;
  return { ...at, rule: 'already_exists', message, suggestion: 'Choose another id.' };
}

/** `undefined` where there is none. */
export async function readSaved({ workflowStore }: World, workflowId: string) {
  try {
    return await workflowStore.read(workflowId);
  } catch (thrown) {
    if (OattyError.from(thrown).traits.category === 'not_found') return undefined;
    throw thrown;
  }
}
