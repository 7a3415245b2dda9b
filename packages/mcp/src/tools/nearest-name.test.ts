import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  it('finds the name behind a slip of the fingers', () => {
    expect(nearestName('worfklow_id', ['format', 'workflow_id'])).toBe('workflow_id');
  });

  it('does not mind case, dots, dashes and underscores', () => {
    expect(nearestName('workflowId', ['format', 'workflow_id'])).toBe('workflow_id');
  });

  it('offers nothing when no name is near', () => {
    expect(nearestName('colour', ['format', 'workflow_id'])).toBeUndefined();
  });
});
