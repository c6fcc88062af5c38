import { ChevronDown } from 'lucide-react';

/** One of several: as plain text while there is nothing to choose. */
export function Picker({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  const all = options.includes(value) ? options : [value, ...options];
  if (all.length === 1) {
    return (
      <span className="picker picker-fixed" title={label}>
        <span className="visually-hidden">{label}: </span>
        {value}
      </span>
    );
  }
  return (
    <span className="picker" title={label}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {all.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden="true" />
    </span>
  );
}
