import type { ScheduleOptions } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { MissedTimes, Schedule } from '@oatty/types';
import { requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { confirm } from '../input/ask.ts';
import { inputOptions, readInputs } from '../input/input-values.ts';
import { toTimingText } from '../output/timing-text.ts';

export const command: CliCommand = {
  path: 'schedule add',
  summary: 'Run a saved workflow at times to come.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id of a saved workflow.' }],
  options: {
    cron: {
      type: 'string',
      value: 'EXPR',
      description: 'Minute, hour, day, month, weekday; seconds may stand before.',
    },
    rrule: {
      type: 'string',
      value: 'RULE',
      description: 'RFC 5545: FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0.',
    },
    start: {
      type: 'string',
      value: 'TIME',
      description: 'From when on --rrule counts, such as 2026-12-07T09:00; default: now.',
    },
    'time-zone': {
      type: 'string',
      value: 'ZONE',
      description: 'What --cron and --rrule go by, such as Europe/Berlin; default: that of this machine.',
    },
    at: { type: 'string', value: 'INSTANT', description: 'Once, at a time with its offset.' },
    id: { type: 'string', description: 'Of the schedule; default: that of the workflow.' },
    missed: {
      type: 'string',
      choices: ['skip', 'latest', 'all'],
      description: 'Times that pass while nothing runs; default skip, with --at latest.',
    },
    queue: {
      type: 'string',
      value: 'NAME',
      description: 'Let its runs wait for their turn in this queue, in place of that of the manifest.',
    },
    ...inputOptions,
  },
  notes: [
    'Runs are started by processes that live long, such as oatty mcp and oatty worker; without one nothing happens.',
    'A time that clocks skip in spring counts when they are put forward; one that they show twice counts once.',
  ],
  examples: [
    'oatty schedule add nightly_report --cron "30 3 * * *" --time-zone Europe/Berlin',
    'oatty schedule add weekly_report --rrule "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"',
    'oatty schedule add fulfil_order --at 2026-12-24T18:00:00+01:00 --input order_id=ord_1',
  ],
  async run(context, input) {
    const options = await readOptions(context, input);
    const schedule = await addConfirmed(context, options);
    context.print(schedule, toAddedText);
    return 0;
  },
};

// --- internal ---

async function readOptions(context: CliContext, input: ParsedInput): Promise<ScheduleOptions> {
  const cron = textOption(input, 'cron');
  const rrule = textOption(input, 'rrule');
  const start = textOption(input, 'start');
  const at = textOption(input, 'at');
  const timeZone = textOption(input, 'time-zone');
  const scheduleId = textOption(input, 'id');
  const missed = textOption(input, 'missed');
  const queue = textOption(input, 'queue');
  if ([cron, rrule, at].filter((given) => given !== undefined).length !== 1) throw wrongTiming();
  return {
    workflowId: requiredPositional(input, 0),
    inputs: await readInputs(context, input),
    ...(cron !== undefined && { cron }),
    ...(rrule !== undefined && { rrule }),
    ...(start !== undefined && { start }),
    ...(at !== undefined && { at }),
    ...(timeZone !== undefined && { timeZone }),
    ...(scheduleId !== undefined && { scheduleId }),
    ...(queue !== undefined && { queue }),
    ...(missed !== undefined && { missed: missed as MissedTimes }), // one of the choices
  };
}

/** Nobody is there to agree when a run starts, so the person who adds the schedule does. */
async function addConfirmed(context: CliContext, options: ScheduleOptions): Promise<Schedule> {
  const { schedules } = await context.oatty();
  try {
    return await schedules.add(options);
  } catch (thrown) {
    const { code, message } = OattyError.from(thrown);
    if (code !== 'CONFIRMATION_REQUIRED') throw thrown;
    await confirm(context, `${message} Let its runs do that?`);
    return schedules.add({ ...options, mayDestroy: true });
  }
}

function toAddedText({ schedule_id, timing, next_at }: Schedule): string {
  return `Schedule ${schedule_id}: ${toTimingText(timing)}, next at ${next_at ?? 'no time'}`;
}

function wrongTiming(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'A schedule needs one of --cron, --rrule and --at.', {
    suggestedAction:
      'Write --cron "30 9 * * 1-5", --rrule "FREQ=WEEKLY;BYDAY=MO", or --at 2026-12-24T18:00:00+01:00.',
  });
}
