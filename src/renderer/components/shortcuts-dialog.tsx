import { commandGroups, commands } from '../commands';
import { keysForPeople } from '../shortcuts';
import { Dialog } from './dialog';

const gridKeys = [
  ['↑ ↓', 'Go through the rows'],
  ['→ ←', 'Open or close a group'],
  ['Shift+→ ←', 'On a column’s head: wider, narrower'],
  ['Ctrl+Shift+→ ←', 'On a column’s head: move it'],
  ['Enter', 'Show the details of a row'],
  ['/', 'Filter tools'],
  ['Escape', 'Close the details'],
] as const;

/** Every key, on one page. */
export function Shortcuts() {
  return (
    <Dialog label="Keyboard shortcuts" className="shortcuts">
      <h2>Keyboard shortcuts</h2>
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
                  <kbd>{keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
