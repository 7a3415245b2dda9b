/** The built-in command that waits for a person: `run: oatty approval`. */
import type { Command, CommandParameter } from './command.ts';

/** As `parseDuration` takes it. */
const duration = '^(\\d+(\\.\\d+)?(ms|s|m|h|d))+$|^\\d+(\\.\\d+)?$';

export const approvalCommand: Command = {
  id: 'oatty approval',
  summary: 'Asks a person to approve before the workflow goes on.',
  description:
    'The run waits until somebody answers; the answer is the output of the step: {choice, comment, by, at}. Only for steps.',
  effect: 'safe',
  tags: ['approval', 'human', 'wait', 'confirm'],
  parameters: [
    aParameter('message', { type: 'string', minLength: 1 }, 'What is to be decided.', true),
    aParameter(
      'choices',
      { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1, uniqueItems: true },
      'What there is to choose from; default: approve, reject.',
    ),
    aParameter(
      'approvers',
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      'Principals whose answer counts; default: anybody.',
    ),
    aParameter(
      'timeout',
      { type: ['string', 'number'], pattern: duration },
      'How long there is time to answer: 30m, 2d.',
    ),
    aParameter(
      'on_timeout',
      { type: 'string' },
      'What happens without an answer in time: fail (default), or one of the choices.',
    ),
  ],
  output_schema: {
    type: 'object',
    required: ['choice', 'comment', 'by', 'at'],
    properties: {
      choice: { type: 'string' },
      comment: { type: ['string', 'null'] },
      by: { type: ['string', 'null'], description: 'Who answered; null when time was up.' },
      at: { type: 'string' },
    },
  },
  execution: { kind: 'approval' },
};

// --- internal ---

function aParameter(
  name: string,
  schema: CommandParameter['schema'],
  description: string,
  required = false,
): CommandParameter {
  return { name, in: 'body', required, schema, description };
}
