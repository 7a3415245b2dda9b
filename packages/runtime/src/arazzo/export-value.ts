/** Values of a manifest → values of an Arazzo document. */
import { parseTemplate } from '@oatty/engine';
import type { Expression } from '@oatty/engine';
import { exportExpression } from './export-expression.ts';
import type { Exported, ExportScope } from './export-expression.ts';
import { isShape } from './read-shape.ts';
import { isRuntimeExpression } from './runtime-expression.ts';

/** @param onReason - hears what has no counterpart; the text then stays */
export function exportValue(value: unknown, scope: ExportScope, onReason: (reason: string) => void): unknown {
  if (typeof value === 'string') return exportText(value, scope, onReason);
  if (Array.isArray(value)) return value.map((item) => exportValue(item, scope, onReason));
  if (!isShape(value)) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, exportValue(member, scope, onReason)]);
  return Object.fromEntries(entries);
}

// --- internal ---

function exportText(text: string, scope: ExportScope, onReason: (reason: string) => void): string {
  const template = parseTemplate(text);
  const told = (exported: Exported, around: (own: string) => string): string => {
    if ('text' in exported) return around(exported.text);
    onReason(exported.reason);
    return text;
  };
  switch (template.kind) {
    case 'literal':
      return literal(template.text, onReason);
    case 'whole': {
      const inner = insideToString(template.expression);
      if (inner !== undefined) return told(exportExpression(inner, scope), embedded);
      return told(exportExpression(template.expression, scope), (own) => own);
    }
    case 'mixed':
      return template.parts
        .map((part) =>
          part.kind === 'text'
            ? literal(part.text, onReason)
            : told(exportExpression(part.expression, scope), embedded),
        )
        .join('');
  }
}

function embedded(own: string): string {
  return `{${own}}`;
}

/** Arazzo has no way to write text that looks like an expression. */
function literal(text: string, onReason: (reason: string) => void): string {
  if (isRuntimeExpression(text) || /\{\$[A-Za-z]/.test(text))
    onReason(`"${text}" would be read as an expression`);
  return text;
}

function insideToString(expression: Expression): Expression | undefined {
  return expression.kind === 'call' && expression.name === 'to_string' ? expression.arguments[0] : undefined;
}
