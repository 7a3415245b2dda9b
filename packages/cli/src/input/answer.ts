/**
 * The answer to a question, from one word of the command line or from a person at the terminal.
 *
 *   A1. A JSON object is the whole answer.
 *   A2. Anything else is the value of the first field: `approve`, `retry`, `true`.
 *   A3. Without one, a person is asked for each field; elsewhere that is an error which says what to write.
 */
import { OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';
import type { CliContext } from '../cli-command.ts';
import { isInteractive } from '../io.ts';
import { ask } from './ask.ts';

export async function readAnswer(
  context: CliContext,
  question: Question,
  text: string | undefined,
): Promise<unknown> {
  if (text !== undefined) return parseAnswer(question, text);
  if (!isInteractive(context.io) || context.flags.json) throw needsAnswer(question);
  const fields = fieldsOf(question).filter(({ isRequired }) => isRequired);
  const answer: Record<string, unknown> = {};
  context.note(question.message);
  for (const { name, schema } of fields) {
    const choices = (schema.enum ?? []).map((value) => ({
      value,
      label: typeof value === 'string' ? value : JSON.stringify(value),
    }));
    const given = await ask(context, {
      message: typeof schema['title'] === 'string' ? schema['title'] : name,
      choices: schema.type === 'boolean' ? yesAndNo : choices,
      secret: schema['writeOnly'] === true,
    });
    answer[name] = typeof given === 'string' ? toTyped(given, schema) : given;
  }
  return answer;
}

export function parseAnswer(question: Question, text: string): unknown {
  const given = parseObject(text);
  if (given !== undefined) return given;
  const [first] = fieldsOf(question);
  return first === undefined ? text : { [first.name]: toTyped(text, first.schema) };
}

// --- internal ---

const yesAndNo = [
  { value: true, label: 'yes' },
  { value: false, label: 'no' },
];

interface Field {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

function fieldsOf({ schema }: Question): readonly Field[] {
  const { properties = {}, required = [] } = schema as JsonSchema; // our own questions are written as schemas
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    schema: inner,
    isRequired: required.includes(name),
  }));
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch (cause) {
    throw new OattyError('ARGUMENT_INVALID', 'The answer begins as a JSON object and is none.', {
      suggestedAction: 'Correct the JSON, or give the value of the first field alone.',
      cause,
    });
  }
}

/** Text that is no such value stays text: the schema says what is wrong with it. */
function toTyped(text: string, { type }: JsonSchema): unknown {
  if (type === 'boolean')
    return /^(true|yes|y)$/i.test(text) ? true : /^(false|no|n)$/i.test(text) ? false : text;
  if (type !== 'number' && type !== 'integer') return text;
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function needsAnswer(question: Question): OattyError {
  const [first] = fieldsOf(question);
  const choices = first?.schema.enum?.map(String).join(', ');
  return new OattyError('ARGUMENT_INVALID', `An answer is needed: ${question.message}`, {
    suggestedAction:
      choices === undefined ? 'Give the answer as a JSON object.' : `Answer with one of: ${choices}.`,
    context: { question_id: question.question_id },
  });
}
