import type { ReactNode } from 'react';

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
    <label className="switch">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {title}
        <span className="muted">{text}</span>
      </span>
    </label>
  );
}
