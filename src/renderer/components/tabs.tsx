import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { grouped } from '../../core/grouped';
import { nextIndex } from '../lib/next-index';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly count?: number | undefined;
  /** Something in there wants attention. */
  readonly alert?: boolean;
}

/** WAI-ARIA tabs: arrows, Home and End go along them. */
export function Tabs<Id extends string>({
  label,
  tabs,
  current,
  onChange,
  children,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
  readonly children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const index = tabs.findIndex(({ id }) => id === current);
    const next = nextIndex(event.key, index, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (tab !== undefined && next !== undefined) {
      event.preventDefault();
      onChange(tab.id);
      list.current?.querySelectorAll('button')[next]?.focus();
    }
  }

  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title, count, alert }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-controls="tab-panel"
            aria-selected={id === current}
            tabIndex={id === current ? 0 : -1}
            onClick={() => onChange(id)}
          >
            {title}
            {count !== undefined && <span className="tab-count">{grouped(count)}</span>}
            {alert === true && (
              <span className="tab-alert" title="Something here is worth a look">
                <span className="visually-hidden">, something is worth a look</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a panel that scrolls must be reached by keyboard */}
      <div className="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${current}`} tabIndex={0}>
        {children}
      </div>
    </>
  );
}
