/**
 * What comes next for a draft: something to write, the finished text, or the end of the tries.
 *
 *   N1. A new workflow is written in blocks: inputs, then steps with their output contracts and the final output, then
 *       the providers of inputs, where commands offer values. Each is validated before the next is asked for.
 *   N2. What is wrong with a block goes back with its violations, up to `blockRounds` times; what is left then, and what
 *       only shows in the whole, is repaired in the whole, up to `repairRounds` times.
 *   N3. An input needs no provider: what is not right after the last round is left out.
 *   N4. A text that somebody brings is not written anew: it is repaired, if need be.
 */
import { OattyError } from '@oatty/types';
import type { Violation, Workflow } from '@oatty/types';
import type { World } from '../world.ts';
import { checkDraft, checkName } from './check-draft.ts';
import { findProviderCandidates, isWhole, mergeBlock, violationsOf } from './draft-blocks.ts';
import type { Manifest } from './draft-blocks.ts';
import type { DraftAnswer, DraftBlock, DraftWish, Writing } from './draft.ts';
import { toManifestText } from './written-text.ts';

export type DraftNext =
  | { readonly kind: 'write'; readonly writing: Writing }
  | { readonly kind: 'written'; readonly text: string; readonly workflow: Workflow };

export interface JudgedAnswer {
  readonly writing: Writing;
  readonly answer: DraftAnswer;
}

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` or `RESPONSE_INVALID` when there were enough tries */
export async function nextDraft(world: World, wish: DraftWish, last?: JudgedAnswer): Promise<DraftNext> {
  if (last !== undefined) return judge(world, wish, last);
  if (wish.manifest === undefined) return write(wish, { block: 'inputs' });
  if (wish.rewrite !== true) return judgeWhole(world, wish, wish.manifest, 0);
  const { violations } = await checkDraft(world, wish.manifest);
  return write(wish, { block: 'manifest', manifest: wish.manifest, violations });
}

// --- internal ---

const blockRounds = 3;
const repairRounds = 5;

async function judge(world: World, wish: DraftWish, { writing, answer }: JudgedAnswer): Promise<DraftNext> {
  const { block, round, manifest = '' } = writing;
  const mayDoWithout = block === 'providers';
  if (answer.text === undefined || answer.text.trim() === '') {
    if (mayDoWithout) return judgeWhole(world, wish, manifest, 0);
    return again(wish, writing, { failure: answer.failure ?? 'the answer is empty' });
  }
  const written = toManifestText(answer.text);
  if (block === 'manifest') return judgeWhole(world, wish, written, round);
  const { value, isUnreadable, violations } = await checkDraft(world, written);
  if (isWhole(block, value)) return judgeWhole(world, wish, written, 0);
  const text = await merge(world, writing, value);
  const wrong = isUnreadable ? violations : violationsOf(block, (await checkDraft(world, text)).violations);
  if (wrong.length === 0) return goOn(world, wish, block, text);
  if (round < blockRounds) return again(wish, writing, { written, violations: wrong });
  if (mayDoWithout) return judgeWhole(world, wish, manifest, 0);
  return isUnreadable ? again(wish, writing, { written, violations }) : goOn(world, wish, block, text);
}

async function merge(world: World, { block, manifest }: Writing, value: Manifest): Promise<string> {
  const soFar = manifest === undefined ? {} : (await checkDraft(world, manifest)).value;
  const { renderWorkflowText } = await import('@oatty/registry');
  return renderWorkflowText(mergeBlock(block, soFar, value));
}

/** N1 */
async function goOn(world: World, wish: DraftWish, block: DraftBlock, text: string): Promise<DraftNext> {
  if (block === 'inputs') return write(wish, { block: 'steps', manifest: text });
  if (block === 'steps') {
    const { value } = await checkDraft(world, text);
    const candidates = findProviderCandidates(value, (id, name) => findProvider(world, id, name));
    if (candidates.length > 0) return write(wish, { block: 'providers', manifest: text, candidates });
  }
  return judgeWhole(world, wish, text, 0);
}

/** @param round - repairs that were tried */
async function judgeWhole(world: World, wish: DraftWish, text: string, round: number): Promise<DraftNext> {
  const { workflow, violations } = await checkDraft(world, text);
  if (workflow === undefined || violations.length > 0) return repair(wish, text, violations, round);
  const misnamed = await checkName(world, wish, text, workflow);
  return misnamed === undefined ? { kind: 'written', text, workflow } : repair(wish, text, [misnamed], round);
}

function repair(
  wish: DraftWish,
  manifest: string,
  violations: readonly Violation[],
  round: number,
): DraftNext {
  if (!wish.has_model || round >= repairRounds) throw stillWrong(manifest, violations, round);
  return write(wish, { block: 'manifest', manifest, violations }, round + 1);
}

interface Problem {
  readonly written?: string;
  readonly violations?: readonly Violation[];
  readonly failure?: string;
}

/** The same again. */
function again(wish: DraftWish, writing: Writing, { failure, written, violations = [] }: Problem): DraftNext {
  const { round, max_rounds, written: _, violations: before, ...rest } = writing;
  if (round >= max_rounds && failure !== undefined) throw nothingWritten(failure, round);
  if (round >= max_rounds) throw stillWrong(written ?? writing.manifest ?? '', violations, round);
  const isNew = failure === undefined;
  return write(
    wish,
    {
      ...rest,
      ...(written !== undefined && { written }),
      ...(isNew ? { violations } : before && { violations: before }),
    },
    round + 1,
  );
}

function write(
  { goal, target_system, constraints, error }: DraftWish,
  writing: Omit<Writing, 'round' | 'max_rounds'>,
  round = 1,
): DraftNext {
  return {
    kind: 'write',
    writing: {
      ...(goal !== undefined && { goal }),
      ...(target_system !== undefined && { target_system }),
      ...(constraints !== undefined && { constraints }),
      ...(error && { error }),
      ...writing,
      round,
      max_rounds: writing.block === 'manifest' ? repairRounds : blockRounds,
    },
  };
}

function findProvider({ commandIndex }: World, commandId: string, parameter: string): string | undefined {
  const parameters = commandIndex.find(commandId)?.command.parameters ?? [];
  return parameters.find(({ name }) => name === parameter)?.provider?.command;
}

function stillWrong(manifest: string, violations: readonly Violation[], rounds: number): OattyError {
  const count = violations.length === 1 ? '1 violation is' : `${violations.length} violations are`;
  const tried = rounds === 0 ? '' : ` after ${rounds} rounds of repair`;
  return new OattyError('WORKFLOW_VALIDATION_FAILED', `${count} left${tried}.`, {
    suggestedAction: 'Correct every violation listed, and pass the manifest as manifest_content.',
    context: { rounds, manifest },
    violations,
  });
}

function nothingWritten(failure: string, rounds: number): OattyError {
  return new OattyError('RESPONSE_INVALID', `The client's model wrote nothing: ${failure.slice(0, 200)}.`, {
    suggestedAction: 'Write the manifest yourself, and pass it as manifest_content.',
    context: { rounds },
  });
}
