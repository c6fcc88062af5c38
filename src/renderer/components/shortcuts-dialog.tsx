import { X } from 'lucide-react';
import { commandGroups, commands } from '../commands';
import { keysForPeople } from '../shortcuts';
import { setState } from '../state/store';
import { Dialog } from './dialog';
import { IconButton } from './icon-button';

const gridKeys = [
  ['↑ ↓', 'Go through the rows'],
  ['→ ←', 'Open or close a group'],
  ['Shift+→ ←', 'On a column’s head: wider, narrower'],
  ['Mod+Shift+→ ←', 'On a column’s head: move it'],
  ['Home End', 'First row, last row'],
  ['Enter', 'Show the details of a row'],
  ['Shift+F10', 'Menu of the row'],
  ['Mod+C', 'Copy the row'],
  ['/', 'Filter tools'],
  ['Escape', 'Close the details'],
] as const;

/** Every key, on one page. */
export function Shortcuts() {
  return (
    <Dialog label="Keyboard shortcuts" className="shortcuts">
      <header className="dialog-head">
        <h2>Keyboard shortcuts</h2>
        <IconButton label="Close" shortcut="Escape" onClick={() => setState({ overlay: undefined })}>
          <X size={16} />
        </IconButton>
      </header>
      <div className="shortcut-columns">
        {commandGroups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group && command.keys !== undefined)
                .map(({ id, title, keys = '' }) => (
                  <div key={id}>
                    <dt>{title}</dt>
                    <dd>
                      <kbd>{keysForPeople(keys)}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>In the comparison</h3>
          <dl>
            {gridKeys.map(([keys, title]) => (
              <div key={title}>
                <dt>{title}</dt>
                <dd>
                  <kbd>{keysForPeople(keys)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
