/** Completes a task, or reopens it. It stays the same button, so that it keeps the focus. */
import type { Status, Task } from '../documents/task.ts';
import { Icon } from './icon.tsx';

interface StatusButtonProps {
  readonly task: Pick<Task, 'title' | 'status'>;
  readonly isChanging: boolean;
  readonly onStatus: (status: Status) => void;
}

export function StatusButton({ task: { title, status }, isChanging, onStatus }: StatusButtonProps) {
  const isDone = status === 'completed';
  const word = isDone ? 'Reopen' : 'Complete';
  return (
    <button
      type="button"
      class="button"
      aria-label={`${word} ${title}`}
      aria-disabled={isChanging}
      onClick={() => !isChanging && onStatus(isDone ? 'pending' : 'completed')}
    >
      <Icon name={isDone ? 'reopen' : 'check'} />
      <span class="button-word">{word}</span>
    </button>
  );
}
