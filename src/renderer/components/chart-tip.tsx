import { grouped } from '../../core/grouped';

/** What a chart tells on hover: of what, and its numbers; those that are none are left out. */
export function ChartTip({
  active,
  label,
  payload = [],
  nameOf = String,
}: {
  readonly active?: boolean;
  readonly label?: string | number | undefined;
  readonly payload?: readonly { readonly name?: unknown; readonly value?: unknown }[];
  /** How what the numbers are of is called. */
  readonly nameOf?: (label: string | number) => string;
}) {
  const parts = payload.filter(({ value }) => value !== 0);
  return active === true && label !== undefined ? (
    <div className="chart-tip">
      <b>{nameOf(label)}</b>
      {parts.map(({ name, value }) => (
        <span key={String(name)}>
          {grouped(String(value))} {String(name).toLowerCase()}
        </span>
      ))}
      {parts.length === 0 && <span>in step</span>}
    </div>
  ) : null;
}
