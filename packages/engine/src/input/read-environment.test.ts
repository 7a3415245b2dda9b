import { describe, expect, it } from 'vitest';
import type { Workflow } from '@oatty/types';
import { readEnvironment } from './read-environment.ts';

const workflow: Workflow = {
  workflow: 'w',
  inputs: { user: { default: { from: 'env', value: 'USER_NAME' } } },
  steps: [
    {
      id: 'a',
      run: 'shop a',
      with: { stage: '${{ env.STAGE }}', key: '${{ env.AWS_SECRET }}', user: '${{ env.USER_NAME }}' },
    },
  ],
};
const variables: Readonly<Record<string, string>> = {
  USER_NAME: 'ada',
  STAGE: 'test',
  AWS_SECRET: 'hidden',
  OTHER: 'x',
};

describe('readEnvironment', () => {
  it('gives what an input names and what configuration allows, and nothing else', () => {
    const environment = {
      get: (name: string) => variables[name],
      isAllowed: (name: string) => name === 'STAGE' || name === 'OTHER',
    };
    expect(readEnvironment(workflow, environment)).toEqual({ USER_NAME: 'ada', STAGE: 'test' });
  });

  it('leaves out what is not set', () => {
    expect(readEnvironment(workflow, { get: () => undefined, isAllowed: () => true })).toEqual({});
  });
});
