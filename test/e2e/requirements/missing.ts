/**
 * What is required and not shown: it is not built yet. Whoever builds it moves the entry to the list that it belongs to.
 */
export const missing: Readonly<Record<string, readonly [text: string, source: string, reason: string]>> = {};
