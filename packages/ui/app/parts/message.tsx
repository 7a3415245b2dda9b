/** A state in which there is nothing to show but words: empty, cancelled. */
import type { ComponentChildren } from 'preact';

interface MessageProps {
  readonly title: string;
  readonly text: string;
  readonly children?: ComponentChildren;
}

export function Message({ title, text, children }: MessageProps) {
  return (
    <div class="message">
      <p class="message-title">{title}</p>
      <p class="quiet">{text}</p>
      {children}
    </div>
  );
}
