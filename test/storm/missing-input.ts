/** A run that was started without an input asks for it, and then whether it may begin. */
import type { TestEngineOptions } from '@oatty/engine/testing';
import type { Question } from '@oatty/types';

type Prepare = Required<TestEngineOptions>['prepare'];

/** The same after every answer and in every process: it goes by what has been answered. */
export const askMissing: Prepare = async (run, records) => {
  for (const question of [missingInput, confirmation]) {
    const record = records.find((asked) => asked.question.question_id === question.question_id);
    if (record?.answered_at === undefined) return { kind: 'ask', questions: [question] };
  }
  return { kind: 'ready', inputs: run.inputs };
};

// --- internal ---

const missingInput: Question = {
  question_id: 'missing-inputs',
  kind: 'input',
  message: 'How many?',
  schema: { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } },
};

const confirmation: Question = {
  question_id: 'confirmation',
  kind: 'confirmation',
  message: 'Begin?',
  schema: { type: 'object', required: ['confirm'], properties: { confirm: { const: true } } },
};
