import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

/** One setting: what it is and what it means, and its control at the end of the line. */
export function SettingLine({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is given by who uses it
    <label className="setting">
      <span>
        {title}
        <span className="muted">{text}</span>
      </span>
      {children}
    </label>
  );
}

/** A choice between yes and no, with what it means. */
export function Switch({
  title,
  text,
  checked,
  onChange,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <SettingLine title={title} text={text}>
      <input
        type="checkbox"
        className="toggle"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
    </SettingLine>
  );
}

/** A choice of one of a few numbers. */
export function NumberChoice({
  title,
  text,
  value,
  choices,
  nameOf,
  onChange,
}: {
  readonly title: string;
  readonly text: ReactNode;
  readonly value: number;
  readonly choices: readonly number[];
  readonly nameOf: (choice: number) => string;
  readonly onChange: (choice: number) => void;
}) {
  return (
    <SettingLine title={title} text={text}>
      <span className="picker">
        <select value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {[...new Set([...choices, value])]
            .sort((a, b) => a - b)
            .map((choice) => (
              <option key={choice} value={choice}>
                {nameOf(choice)}
              </option>
            ))}
        </select>
        <ChevronDown size={13} aria-hidden="true" />
      </span>
    </SettingLine>
  );
}
