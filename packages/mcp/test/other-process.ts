/** Another process over the same files: does what each line of its input says, and answers with a line. */
import { createInterface } from 'node:readline';
import { createOatty } from '@oatty/runtime';
import type { ImportOptions } from '@oatty/runtime';

export interface Errand {
  /** Environment in which the files are found. */
  readonly env: Readonly<Record<string, string>>;
  readonly save?: string;
  readonly remove?: string;
  readonly import?: ImportOptions;
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const errand = JSON.parse(line) as Errand; // written by the test
  const oatty = await createOatty({ env: errand.env });
  if (errand.save !== undefined) await oatty.workflows.save({ content: errand.save, overwrite: true });
  if (errand.remove !== undefined) await oatty.workflows.delete(errand.remove);
  if (errand.import !== undefined) await oatty.catalogs.importOpenapi(errand.import);
  await oatty.close();
  process.stdout.write('done\n');
}
