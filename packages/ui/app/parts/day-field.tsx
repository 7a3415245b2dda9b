/** A day of the calendar, or none. */
interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  readonly onPick: (day: string | undefined) => void;
}

export function DayField({ label, day, onPick }: DayFieldProps) {
  const pick = (value: string): void => {
    if (value === '') onPick(undefined);
    else if (isWholeYear(value)) onPick(value);
  };
  return (
    <label class="field">
      <span class="field-name">{label}</span>
      <input
        type="date"
        value={day}
        min="1900-01-01"
        max="2999-12-31"
        onChange={({ currentTarget: { value } }) => pick(value)}
      />
    </label>
  );
}

// --- internal ---

/** While a year is typed, browsers give `0002-03-29` before `2026-03-29`. */
function isWholeYear(day: string): boolean {
  return /^[12]\d{3}-/.test(day);
}
