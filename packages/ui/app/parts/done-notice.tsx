/** What was just done. It is told to screen readers, and can be taken back where a tool does so. */
import { Icon } from './icon.tsx';

interface DoneNoticeProps {
  /** Nothing yet: the region is there before it has something to say, or it would not be read out. */
  readonly text: string | undefined;
  readonly onUndo?: (() => void) | undefined;
}

export function DoneNotice({ text, onUndo }: DoneNoticeProps) {
  return (
    <div class={text === undefined ? 'unseen' : 'notice notice-done'}>
      {text !== undefined && <Icon name="check" />}
      <p class="notice-text" role="status" dir="auto">
        {text}
      </p>
      {text !== undefined && onUndo !== undefined && (
        <button type="button" class="button button-text" onClick={onUndo}>
          Undo
        </button>
      )}
    </div>
  );
}
