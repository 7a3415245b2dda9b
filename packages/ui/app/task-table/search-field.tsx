/** Searches when the typing has paused. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';

interface SearchFieldProps {
  readonly text: string;
  readonly onSearch: (text: string) => void;
}

export function SearchField({ text, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const timer = useRef(0);
  const asked = useRef(text);

  // A search that came from elsewhere ("Clear filters") replaces what was typed.
  useEffect(() => {
    if (text !== asked.current) setTyped(text);
    asked.current = text;
  }, [text]);

  const type = (value: string): void => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      asked.current = value.trim();
      onSearch(value.trim());
    }, pauseMs);
  };
  return (
    <label class="field field-search">
      <span class="unseen">Search tasks</span>
      <Icon name="search" />
      <input
        type="search"
        placeholder="Search tasks"
        maxLength={200}
        dir="auto"
        value={typed}
        onInput={({ currentTarget: { value } }) => type(value)}
      />
    </label>
  );
}

// --- internal ---

const pauseMs = 300;
