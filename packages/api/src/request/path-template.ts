/** A path of a description, taken apart. */
import type { HttpExecution } from '@oatty/types';

export interface PathTemplate {
  /** As the description has it; for messages. */
  readonly text: string;
  /** What stands between the slashes: texts and, at odd positions, the names of places. */
  readonly segments: readonly (readonly string[])[];
  /** What stands behind `?`, not encoded any further. */
  readonly query: string;
}

/** `/a/{b}-c?d=1` → segments `['a']`, `['', 'b', '-c']`, query `d=1`; a fragment is left out */
export function parsePathTemplate(template: string): PathTemplate {
  const [beforeFragment = ''] = template.split('#', 1);
  const [text = '', ...query] = beforeFragment.split('?');
  return {
    text,
    segments: text
      .split(/\/(?![^{}]{0,100}\})/) // not within a place: `{name=projects/*}`
      .map((segment) => segment.split(/\{([^{}]*)\}/)),
    query: query.join('?'),
  };
}

/** That of a command: parsed once. */
export function pathTemplateOf(execution: HttpExecution): PathTemplate {
  const template = templates.get(execution) ?? parsePathTemplate(execution.path);
  templates.set(execution, template);
  return template;
}

// --- internal ---

const templates = new WeakMap<HttpExecution, PathTemplate>();
