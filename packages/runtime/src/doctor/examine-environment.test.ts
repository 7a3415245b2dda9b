import { describe, expect, it } from 'vitest';
import { examineEnvironment } from './examine-environment.ts';

describe('examineEnvironment', () => {
  it('says which variables are set, without their values', () => {
    const notes = examineEnvironment({ DATABASE_URL: 'postgres://u:secret@db/x', HOME: '/root' }, []);
    expect(notes).toEqual([{ subject: 'DATABASE_URL', status: 'ok', message: 'It is set.' }]);
  });

  it.each([
    ['REGISTRY_WORKFLOW_PATH', 'Did you mean REGISTRY_WORKFLOWS_PATH?'],
    ['OATTY_STATEPATH', 'Did you mean OATTY_STATE_PATH?'],
    ['OATTY_XYZ', 'Unset OATTY_XYZ.'],
  ])('warns of %s, which nothing reads', (name, action) => {
    expect(examineEnvironment({ [name]: 'x' }, [])).toMatchObject([
      { subject: name, status: 'warning', suggested_action: action },
    ]);
  });

  it('knows what the program around the library reads', () => {
    expect(examineEnvironment({ OATTY_OTHER: 'x' }, ['OATTY_OTHER'])).toMatchObject([{ status: 'ok' }]);
  });

  it.each([
    ['OATTY_STATE_PATH', '  '],
    ['OATTY_SECRETS_BACKEND', 'vault'],
    ['OATTY_LOCAL_ROLE', 'root'],
  ])('warns of %s set to "%s"', (name, value) => {
    expect(examineEnvironment({ [name]: value }, [])).toMatchObject([{ subject: name, status: 'warning' }]);
  });
});
