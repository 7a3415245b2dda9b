/**
 * Strings → templates, each parsed once: a `for_each` renders the same strings thousands of times.
 *
 * Templates that were parsed under other limits are kept apart. Long strings are not kept.
 */
import { BoundedCache } from './bounded-cache.ts';
import type { ExpressionLimits } from './expression-limits.ts';
import type { Template } from './parse-template.ts';
import { parseTemplate } from './parse-template.ts';

const maxTemplates = 500;
const maxKeptLength = 10_000;

const caches = new WeakMap<ExpressionLimits, BoundedCache<Template>>();

export function templateOf(text: string, limits: ExpressionLimits): Template {
  if (!text.includes('${{')) return { kind: 'literal', text };
  if (text.length > maxKeptLength) return parseTemplate(text, limits);
  return cacheFor(limits).getOrCreate(text, () => parseTemplate(text, limits));
}

// --- internal ---

function cacheFor(limits: ExpressionLimits): BoundedCache<Template> {
  const known = caches.get(limits);
  if (known !== undefined) return known;
  const cache = new BoundedCache<Template>(maxTemplates);
  caches.set(limits, cache);
  return cache;
}
