/** What went wrong, and what to do next. */
import type { Failure } from '../host/failure.ts';
import { Icon } from './icon.tsx';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly onClose?: () => void;
}

export function FailureNotice({ failure, onClose }: FailureNoticeProps) {
  return (
    <div class="notice notice-danger" role="alert">
      <Icon name="alert" />
      <div class="notice-text">
        <p dir="auto">{failure.message}</p>
        {failure.suggestedAction !== undefined && (
          <p class="notice-more" dir="auto">
            {failure.suggestedAction}
          </p>
        )}
        {failure.code !== undefined && <p class="notice-code">{failure.code}</p>}
      </div>
      {onClose !== undefined && (
        <button type="button" class="button button-icon" aria-label="Dismiss" onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
