import { OattyError, parseDuration } from '@oatty/types';
import type { PruneOptions } from '@oatty/runtime';
import { isSet, textOption } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { parseCount } from '../arguments/parse-count.ts';
import { confirm } from '../input/ask.ts';
import { toCount } from '../output/count-text.ts';

export const command: CliCommand = {
  path: 'runs prune',
  summary: 'Remove runs that have ended from the journal.',
  options: {
    'older-than': {
      type: 'string',
      value: 'DURATION',
      description: 'Only runs that ended longer ago, such as 30d or 12h.',
    },
    keep: { type: 'string', value: 'N', description: 'The newest runs of each workflow that stay anyway.' },
    workflow: { type: 'string', value: 'ID', description: 'Only runs of this workflow.' },
    'dry-run': { type: 'boolean', description: 'Remove nothing; say what would go.' },
  },
  examples: ['oatty runs prune --older-than 30d --keep 10', 'oatty runs prune --older-than 7d --dry-run'],
  async run(context, input) {
    const olderThan = textOption(input, 'older-than');
    const keep = textOption(input, 'keep');
    const workflowId = textOption(input, 'workflow');
    if (olderThan === undefined && keep === undefined) throw needsLimit();
    const options: PruneOptions = {
      keep: parseCount('keep', keep, 0),
      ...(olderThan !== undefined && { olderThanMs: parseAge(olderThan) }),
      ...(workflowId !== undefined && { workflowId }),
    };
    const { runs } = await context.oatty();
    const preview = await runs.prune({ ...options, preview: true });
    const isDryRun = isSet(input, 'dry-run');
    if (!isDryRun && preview.removed > 0) {
      await confirm(context, `Remove ${toCount(preview.removed, 'run')} from the journal?`);
    }
    const document = isDryRun ? preview : await runs.prune(options);
    const verb = isDryRun ? 'Would remove' : 'Removed';
    context.print(document, ({ removed }) => `${verb} ${toCount(removed, 'run')}`);
    return 0;
  },
};

// --- internal ---

function parseAge(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new OattyError('ARGUMENT_INVALID', `"${text}" is no duration for --older-than.`, {
    suggestedAction: 'Write 30d, 12h, 90m or a number of seconds.',
  });
}

function needsLimit(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'Say which runs may go: --older-than, --keep, or both.', {
    suggestedAction: 'Write oatty runs prune --older-than 30d, for example.',
  });
}
