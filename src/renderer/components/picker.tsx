import { ChevronDown } from 'lucide-react';
import { plain } from '../../core/report/plain';

/** Options that belong together, under a heading of their own. */
export interface PickerGroup {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
}

/** A small choice in the header. With one option it is plain text. */
export function Picker({
  label,
  value,
  options,
  groups = [],
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly groups?: readonly PickerGroup[];
  readonly onChange: (value: string) => void;
}) {
  const isGrouped = groups.some((group) => group.options.some((option) => option.value === value));
  const all = options.includes(value) || isGrouped ? options : [value, ...options];
  if (all.length === 1 && groups.length === 0) {
    return (
      <span className="picker picker-fixed" title={`${label}: ${value}`}>
        <span className="visually-hidden">{label}: </span>
        {plain(value)}
      </span>
    );
  }
  return (
    <span className="picker" title={`${label}: ${value}`}>
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {all.map((option) => (
          <option key={option} value={option}>
            {plain(option)}
          </option>
        ))}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map((option) => (
              <option key={option.value} value={option.value}>
                {plain(option.text)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden="true" />
    </span>
  );
}
