/** Findings for people: what needs them first, what is in order in short. */
import type { DoctorDocument, Finding } from '@oatty/runtime';
import type { ClientConfig } from './client-config.ts';
import { wrap } from './columns.ts';
import { toCount } from './count-text.ts';
import { toLine } from './printable.ts';
import type { Paint, TextStyle } from './text-style.ts';

export interface DoctorReport extends DoctorDocument {
  readonly version: string;
  readonly node: string;
  readonly client_config: ClientConfig;
}

export function toDoctorText(
  { findings, version, node, client_config }: DoctorReport,
  { paint, width }: TextStyle,
  { verbose }: { readonly verbose: boolean },
): string {
  const areas = [...new Set(findings.map(({ area }) => area))];
  const room = width === 0 ? 100 : width;
  return [
    paint.dim(`oatty ${version}, Node ${node}`),
    ...areas.flatMap((area) => {
      const inArea = findings.filter((finding) => finding.area === area);
      return ['', paint.bold(titles[area]), ...toAreaLines(inArea, { paint, room, verbose })];
    }),
    '',
    toSummary(findings, paint),
    '',
    paint.bold('To connect an AI client'),
    `  ${JSON.stringify(client_config)}`,
    paint.dim('  Claude Code: claude mcp add oatty -- oatty mcp. VS Code calls the list "servers".'),
  ].join('\n');
}

// --- internal ---

const titles: Readonly<Record<Finding['area'], string>> = {
  environment: 'Environment',
  files: 'Files',
  catalogs: 'Catalogs',
  secrets: 'Secrets',
  workflows: 'Workflows',
  state: 'Journal',
  database: 'Database',
  server: 'Server',
};

/** So many things in order are named; more are counted. */
const maxShown = 6;

interface Layout {
  readonly paint: Paint;
  readonly room: number;
  readonly verbose: boolean;
}

function toAreaLines(findings: readonly Finding[], layout: Layout): string[] {
  const inOrder = findings.filter(({ status }) => status === 'ok');
  const others = findings.filter(({ status }) => status !== 'ok');
  const shown = layout.verbose || inOrder.length <= maxShown ? inOrder : inOrder.slice(0, maxShown - 1);
  const rest = inOrder.length - shown.length;
  return [
    ...others.flatMap((finding) => toLines(finding, layout)),
    ...shown.flatMap((finding) => toLines(finding, layout)),
    ...(rest === 0 ? [] : [layout.paint.dim(`    and ${rest} more in order (--verbose names them)`)]),
  ];
}

function toLines({ subject, status, message, suggested_action }: Finding, { paint, room }: Layout): string[] {
  const indent = ' '.repeat(4);
  const mark = { ok: paint.green('✓'), warning: paint.yellow('!'), broken: paint.red('✗') }[status];
  const text = toLine(`${subject}: ${message}`, 1_000);
  const [first = '', ...more] = wrap(text, room - indent.length);
  const action = suggested_action === undefined ? [] : wrap(toLine(suggested_action, 1_000), room - 6);
  return [
    `  ${mark} ${first}`,
    ...more.map((line) => indent + line),
    ...action.map((line, index) => paint.cyan(`${indent}${index === 0 ? '→ ' : '  '}${line}`)),
  ];
}

function toSummary(findings: readonly Finding[], paint: Paint): string {
  const broken = findings.filter(({ status }) => status === 'broken').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  const noted = warnings === 0 ? '' : ` ${toCount(warnings, 'warning')}.`;
  if (broken > 0) return paint.red(`${toCount(broken, 'problem')}.`) + noted;
  return paint.green(warnings === 0 ? 'Everything is in order.' : 'Nothing is broken.') + noted;
}
