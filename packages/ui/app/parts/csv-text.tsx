/** A file where the host takes none: its text, to be copied. */
import { useEffect, useRef } from 'preact/hooks';

interface CsvTextProps {
  readonly text: string;
  readonly onClose: () => void;
}

export function CsvText({ text, onClose }: CsvTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.select(), [text]);
  return (
    <div class="csv">
      <label>
        <span class="field-name">CSV: copy it into a file or a spreadsheet</span>
        <textarea ref={area} readOnly rows={6} spellcheck={false} value={text} />
      </label>
      <button type="button" class="button" onClick={onClose}>
        Close
      </button>
    </div>
  );
}
