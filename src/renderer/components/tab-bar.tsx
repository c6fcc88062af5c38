import { CircleAlert, LoaderCircle, Plus, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { keepInSight } from '../lib/keep-in-sight';
import { nextIndex } from '../lib/next-index';
import { keysForPeople } from '../shortcuts';
import { type AppState, currentTabs, useAppState } from '../state/store';
import { closeTab, moveTab, openTab, showTab, titleOf } from '../state/tabs';

const dragType = 'application/x-lockstep-tab';

/** The comparisons that are open; a single one needs no bar. */
export function TabBar() {
  const state = useAppState((whole) => whole);
  const list = useRef<HTMLDivElement>(null);
  const tabs = currentTabs(state);
  const { tab: current } = state;
  const title = windowTitle(state);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => keepInSight(() => list.current?.querySelector(`[data-tab="${current}"]`)), [current]);
  if (tabs.length === 1) {
    return null;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const index = tabs.findIndex(({ id }) => id === current);
    const to = nextIndex(event.key, index, tabs.length);
    if (event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    if (event.key === 'Delete') {
      closeTab(current);
      event.preventDefault();
    }
    const next = to === undefined ? undefined : tabs[to];
    if (next !== undefined) {
      event.preventDefault();
      showTab(next.id);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"] [role=tab]`)?.focus();
    }
  }

  return (
    <section className="tab-bar" aria-label="Open comparisons">
      <div className="tab-list" role="tablist" aria-label="Comparisons" ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, slice }, index) => {
          const name = titleOf(slice);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, the keys do on the tab in it
            <div
              key={id}
              className={`tab${id === current ? ' is-current' : ''}`}
              role="presentation"
              data-tab={id}
              draggable
              onDragStart={(event) => event.dataTransfer.setData(dragType, id)}
              onDragOver={(event) => {
                if (event.dataTransfer.types.includes(dragType)) {
                  event.preventDefault();
                }
              }}
              onDrop={(event) => {
                const moving = event.dataTransfer.getData(dragType);
                if (moving !== '') {
                  event.preventDefault();
                  moveTab(moving, index);
                }
              }}
              onMouseDown={(event) => {
                if (event.button === 1) {
                  event.preventDefault();
                }
              }}
              onAuxClick={(event) => {
                if (event.button === 1) {
                  closeTab(id);
                }
              }}
            >
              <button
                type="button"
                role="tab"
                className="tab-title"
                aria-selected={id === current}
                aria-controls="stage"
                aria-keyshortcuts="Delete"
                tabIndex={id === current ? 0 : -1}
                title={slice.run.status === 'idle' ? name : `${name}: ${slice.run.request.folder}`}
                onClick={() => showTab(id)}
              >
                {slice.run.status === 'running' && id === current && (
                  <LoaderCircle className="spin" size={12} aria-hidden="true" />
                )}
                {slice.run.status === 'failed' && <CircleAlert size={12} aria-label="failed" role="img" />}
                <span>{name}</span>
              </button>
              <button
                type="button"
                className="tab-close"
                tabIndex={-1}
                aria-hidden="true"
                title={`Close (${keysForPeople('Mod+W')})`}
                onClick={() => closeTab(id)}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </div>
          );
        })}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label="New tab"
        title={`New tab (${keysForPeople('Mod+T')})`}
        onClick={() => openTab()}
      >
        <Plus size={15} aria-hidden="true" />
      </button>
    </section>
  );
}

function windowTitle(state: AppState): string {
  const title = titleOf(state);
  return title === 'New comparison' ? 'Lockstep' : `${title} – Lockstep`;
}
