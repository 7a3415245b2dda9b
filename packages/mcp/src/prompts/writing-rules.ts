/** What the page about workflows says, in the parts that a prompt repeats. */

/** The list under "Writing one" of `specs/WORKFLOWS.md`. */
export async function writingRules(): Promise<string> {
  const { page } = await import('../resources/spec-pages/workflows.ts');
  const [, section = ''] = page.split('\n## Writing one\n');
  return listIn(section).join('\n');
}

/** The first example of the page. */
export async function exampleManifest(): Promise<string> {
  const { page } = await import('../resources/spec-pages/workflows.ts');
  const [, example = ''] = page.split('```yaml\n');
  return example.slice(0, example.indexOf('```'));
}

/** What the page says of a rule of the validator. */
export async function meaningOf(rule: string): Promise<string | undefined> {
  const { page } = await import('../resources/spec-pages/workflows.ts');
  const row = page.split('\n').find((line) => {
    const [, names = ''] = line.split('|');
    return line.startsWith('| `') && names.includes(`\`${rule}\``);
  });
  return row?.split('|')[2]?.trim();
}

// --- internal ---

function listIn(section: string): string[] {
  const lines = section.trimStart().split('\n');
  const end = lines.findIndex((line) => !line.startsWith('- '));
  return lines.slice(0, end);
}
