/** What came of a call of an imported command, or what would be sent. */
import type { CommandResult, OattyError } from '@oatty/types';
import type { RequestPreview } from '@oatty/runtime';
import type { CliContext } from '../cli-command.ts';
import { toPrintable } from './printable.ts';
import type { TextStyle } from './text-style.ts';
import { findList, toReadableValue } from './value.ts';

/** People see the list of an answer as a table, and what stands beside it as a remark. */
export function showResult(context: CliContext, result: CommandResult, listPath: string | undefined): void {
  const found = context.flags.json ? undefined : findList(result.body, listPath);
  context.print(result, ({ body }, style) => toReadableValue(found?.list ?? body, style));
  const remarks = Object.entries(found?.rest ?? {}).map(([name, value]) => `${name}: ${value}`);
  if (result.body === null) remarks.push(`Answered ${result.status}, without a body.`);
  for (const remark of remarks) context.note(context.stderrStyle.paint.dim(toPrintable(remark)));
}

/** An HTTP error is an answer too: with `--json` it is the document on stdout. */
export function showErrorResponse(context: CliContext, { code, options }: OattyError): void {
  const response = options.responsePayload as CommandResult | undefined; // HTTP_ERROR has it in this shape
  if (code !== 'HTTP_ERROR' || response === undefined || !context.flags.json) return;
  context.print(response, () => '');
}

export function toRequestText({ method, url, headers, body }: RequestPreview, style: TextStyle): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = body === null || body === undefined ? [] : ['', toReadableValue(body, { ...style, width: 0 })];
  return toPrintable([`${method} ${url}`, ...lines, ...text].join('\n'));
}
