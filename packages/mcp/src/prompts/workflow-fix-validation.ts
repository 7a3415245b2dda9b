import type { Violation } from '@oatty/types';
import { manifestArgument, readGivenManifest, toSaveAdvice } from './given-manifest.ts';
import { fromUser } from './prompt.ts';
import type { Prompt } from './prompt.ts';
import { meaningOf } from './writing-rules.ts';

export const workflowFixValidation: Prompt = {
  name: 'workflow.fix_validation',
  title: 'Correct a workflow',
  description: 'Corrects a manifest that the validator refuses.',
  arguments: [
    manifestArgument,
    { name: 'violations', description: 'What workflow.validate said.', required: true },
  ],
  async toMessages({ manifest = '', violations = '' }, { oatty, tool }) {
    const given = await readGivenManifest(manifest, oatty);
    const report = await oatty.workflows.validate(given.selector);
    return fromUser(`Correct this oatty workflow.

\`\`\`
${given.text}
\`\`\`

Reported:
${violations.trim()}

The validator says now: ${await describeReport(report.violations)}

Correct each violation where its path points to; where there is a suggestion, do exactly that. Change nothing else. Check with ${tool('workflow.validate')} until there are no violations, then keep it with ${toSaveAdvice(given, tool)}.`);
  },
};

// --- internal ---

const maxViolations = 20;

async function describeReport(violations: readonly Violation[]): Promise<string> {
  if (violations.length === 0) return 'the manifest is valid.';
  const shown = violations.slice(0, maxViolations);
  const lines = shown.map(({ path, rule, message, line, suggestion }) => {
    const place = line === undefined ? path : `${path} (line ${line})`;
    return `- ${place}: ${message}${suggestion === undefined ? '' : ` ${suggestion}`} [${rule}]`;
  });
  const rest = violations.length - shown.length;
  return `\n${lines.join('\n')}${rest > 0 ? `\n- and ${rest} more` : ''}${await describeRules(shown)}`;
}

async function describeRules(violations: readonly Violation[]): Promise<string> {
  const rules = [...new Set(violations.map(({ rule }) => rule))];
  const meanings = await Promise.all(rules.map(async (rule) => ({ rule, meaning: await meaningOf(rule) })));
  const known = meanings.filter(({ meaning }) => meaning !== undefined);
  return known.length === 0
    ? ''
    : `\n\nThe rules:\n${known.map(({ rule, meaning }) => `- ${rule}: ${meaning}`).join('\n')}`;
}
