/**
 * An address against a template of RFC 6570 with one expression: `{name}` anywhere, or `{?a,b}` at its end, a query in
 * which each may be left out.
 */
import type { TemplateValues } from './resource.ts';

/** @returns the values of the variables, or `undefined` when the address is not one of the template */
export function matchTemplate(uriTemplate: string, uri: string): TemplateValues | undefined {
  const [prefix = '', expression = '', suffix = ''] = uriTemplate.split(/[{}]/);
  if (uri.length < prefix.length + suffix.length) return undefined;
  if (!uri.startsWith(prefix) || !uri.endsWith(suffix)) return undefined;
  const rest = uri.slice(prefix.length, uri.length - suffix.length);
  return expression.startsWith('?')
    ? matchQuery(expression.slice(1).split(','), rest)
    : matchValue(expression, rest);
}

// --- internal ---

function matchValue(name: string, rest: string): TemplateValues | undefined {
  try {
    return { [name]: decodeURIComponent(rest) };
  } catch {
    return undefined; // no text in UTF-8
  }
}

/** A name that is not of the template, or is there twice, makes it another address. */
function matchQuery(names: readonly string[], rest: string): TemplateValues | undefined {
  if (rest === '') return {};
  if (!rest.startsWith('?')) return undefined;
  const given = [...new URLSearchParams(rest.slice(1))];
  const values = Object.fromEntries(given);
  const isKnown = given.every(([name]) => names.includes(name));
  return isKnown && Object.keys(values).length === given.length ? values : undefined;
}
