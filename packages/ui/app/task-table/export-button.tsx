/** Gives all tasks that match as a CSV file: to the host where it takes files, else as a text to copy. */
import { useState } from 'preact/hooks';
import type { TaskList } from '../documents/task-list.ts';
import type { Failure } from '../host/failure.ts';
import { useHost } from '../host/host-context.ts';
import { CsvText } from '../parts/csv-text.tsx';
import { Icon } from '../parts/icon.tsx';
import { collectTasks } from './collect-tasks.ts';
import type { Query } from './query.ts';
import { tasksToCsv } from './tasks-to-csv.ts';

interface ExportButtonProps {
  readonly list: TaskList;
  readonly query: Query;
  readonly onOutcome: (outcome: { readonly done?: string; readonly failure?: Failure }) => void;
}

export function ExportButton({ list, query, onOutcome }: ExportButtonProps) {
  const host = useHost();
  const [text, setText] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  async function exportTasks(): Promise<void> {
    setBusy(true);
    const collected = await collectTasks(host, list, query);
    setBusy(false);
    if (collected.kind === 'failed') return onOutcome({ failure: collected.failure });
    const csv = tasksToCsv(collected.document);
    const isSaved =
      host.can.download && (await host.download({ name: 'tasks.csv', mimeType: 'text/csv', text: csv }));
    setText(isSaved ? undefined : csv);
    onOutcome({
      done: `${collected.document.length} tasks ${isSaved ? 'saved as tasks.csv' : 'are below as CSV'}.`,
    });
  }

  return (
    <>
      <button
        type="button"
        class="button"
        aria-disabled={isBusy}
        onClick={() => !isBusy && void exportTasks()}
      >
        <Icon name="download" />
        Export CSV
      </button>
      {text !== undefined && <CsvText text={text} onClose={() => setText(undefined)} />}
    </>
  );
}
