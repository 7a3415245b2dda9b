import type { DoctorDocument } from '@oatty/runtime';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { examineServer } from '../input/examine-server.ts';
import { toClientConfig } from '../output/client-config.ts';
import { toDoctorText } from '../output/doctor-text.ts';
import { programVariables } from '../program-variables.ts';
import { version } from '../version.ts';

export const command: CliCommand = {
  path: 'doctor',
  summary: 'Explain what is wrong with the set-up, and what to do.',
  notes: ['Changes nothing. Ends with 1 when something is broken; warnings are no failure.'],
  examples: ['oatty doctor', 'oatty doctor --json'],
  async run(context) {
    const examined = await examine(context);
    const document = {
      ...examined,
      version,
      node: process.versions.node,
      client_config: toClientConfig(context.io.env),
    };
    const { verbose } = context.flags;
    context.print(document, (shown, style) => toDoctorText(shown, style, { verbose }));
    return examined.healthy ? 0 : 1;
  },
};

// --- internal ---

async function examine(context: CliContext): Promise<DoctorDocument> {
  const { env, cwd } = context.io;
  const { examineSetup } = await import('@oatty/runtime');
  const { findings } = await examineSetup({ env, cwd, knownVariables: programVariables });
  const all = [...findings, ...(await examineServer(context))];
  return { healthy: all.every(({ status }) => status !== 'broken'), findings: all };
}
