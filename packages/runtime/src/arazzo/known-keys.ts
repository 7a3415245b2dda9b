/** Keys of an Arazzo document that are read. Others are told of: nothing is dropped silently. */
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';

const known = {
  document: 'arazzo $self info sourceDescriptions workflows components',
  source: 'name url type',
  workflow:
    'workflowId summary description inputs dependsOn steps outputs parameters successActions failureActions',
  step:
    'stepId description operationId operationPath workflowId parameters requestBody successCriteria onSuccess ' +
    'onFailure outputs dependsOn timeout channelPath',
} as const;

export function warnAboutKeys(
  shape: Shape,
  kind: keyof typeof known,
  path: string,
  findings: Findings,
): void {
  const keys = known[kind].split(' ');
  for (const key of Object.keys(shape)) {
    if (keys.includes(key)) continue;
    const rule = key.startsWith('x-') ? 'arazzo_extension' : 'arazzo_unknown_key';
    findings.warn(`${path}.${key}`, rule, `"${key}" has no counterpart in a manifest.`);
  }
}
