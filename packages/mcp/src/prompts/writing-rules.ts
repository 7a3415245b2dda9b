/** What the page about workflows says, in the parts that a prompt repeats. */

/** The list under "Writing one" of `specs/WORKFLOWS.md`. */
export async function writingRules(): Promise<string> {
  const { workflowsPage } = await import('../resources/spec-pages.ts');
  const [, section = ''] = workflowsPage.split('\n## Writing one\n');
  return listIn(section).join('\n');
}

/** The first example of the page. */
export async function exampleManifest(): Promise<string> {
  const { workflowsPage } = await import('../resources/spec-pages.ts');
  const [, example = ''] = workflowsPage.split('```yaml\n');
  return example.slice(0, example.indexOf('```'));
}

/** What the page says of a rule of the validator. */
export async function meaningOf(rule: string): Promise<string | undefined> {
  const { workflowsPage } = await import('../resources/spec-pages.ts');
  const row = workflowsPage.split('\n').find((line) => {
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
