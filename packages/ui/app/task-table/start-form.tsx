/** Asks when a task is to be started. It is no `<form>`: frames of hosts may not submit any. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Task } from '../documents/task.ts';
import { useDates } from '../host/host-context.ts';

interface StartFormProps {
  readonly task: Task;
  readonly onPick: (at: string) => void;
  readonly onCancel: () => void;
}

export function StartForm({ task, onPick, onCancel }: StartFormProps) {
  const dates = useDates();
  const [at, setAt] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // The focus comes here, and goes back to where it was.
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [task.task_id]);
  const pick = (): void => (at === '' ? field.current?.focus() : onPick(at));
  const press = (key: string): void => {
    if (key === 'Escape') onCancel();
  };
  return (
    <div class="start-form" role="group" aria-label="Schedule" onKeyDown={({ key }) => press(key)}>
      <label class="field">
        <span class="field-name">
          Start <bdi>“{task.title}”</bdi> at ({dates.timeZone})
        </span>
        <input
          ref={field}
          type="datetime-local"
          value={at}
          onInput={({ currentTarget: { value } }) => setAt(value)}
          onKeyDown={({ key }) => key === 'Enter' && pick()}
        />
      </label>
      <div class="buttons">
        <button type="button" class="button button-main" onClick={pick}>
          Schedule
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}
