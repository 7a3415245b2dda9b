/**
 * A manifest as YAML text that people like to read: templates in single quotes, long texts in blocks.
 *
 * The same value always gives the same text. What was text before is better kept as it was.
 */
export async function renderWorkflowText(manifest: Readonly<Record<string, unknown>>): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(manifest, { lineWidth: 0, singleQuote: true, aliasDuplicateObjects: false });
}
