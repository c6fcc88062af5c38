import { Command as Cmdk } from 'cmdk';
import { plain } from '../../core/report/plain';
import { commandGroups, commands } from '../commands';
import { devShells } from '../lib/environment-groups';
import { baseName, parentOf } from '../lib/paths';
import { statusLooks } from '../lib/status';
import { keysForPeople } from '../shortcuts';
import { go, startAudit } from '../state/actions';
import { getState, setState, useAppState } from '../state/store';
import { Dialog } from './dialog';

/** Tools are offered once something was typed, and no more than this. */
const toolLimit = 2000;

/** Every command with its keys, the recent flakes, and every shell and tool of the one in front. */
export function Palette() {
  const recents = useAppState((state) => state.settings.recents);
  const audit = useAppState((state) => state.audit);
  const shells = audit === undefined ? [] : devShells(audit.target);
  return (
    <Dialog label="Command palette" className="palette">
      <Cmdk label="Command palette" loop filter={score}>
        <Cmdk.Input placeholder="Type a command, a tool or a flake" autoFocus />
        <Cmdk.List>
          <Cmdk.Empty>Nothing has that name</Cmdk.Empty>
          {commandGroups.map((group) => (
            <Cmdk.Group key={group} heading={group}>
              {commands
                .filter((command) => command.group === group && command.id !== 'palette')
                .map(({ id, title, keys, can, run }) => (
                  <Cmdk.Item
                    key={id}
                    value={`${group} ${title}`}
                    disabled={can?.(getState()) === false}
                    onSelect={() => finish(run)}
                  >
                    <span>{title}</span>
                    {keys !== undefined && <kbd>{keysForPeople(keys)}</kbd>}
                  </Cmdk.Item>
                ))}
            </Cmdk.Group>
          ))}
          {recents.length > 0 && (
            <Cmdk.Group heading="Recent flakes">
              {recents.map(({ folder }) => (
                <Cmdk.Item key={folder} value={`open ${folder}`} onSelect={() => finish(() => startAudit(folder))}>
                  <span>{baseName(folder)}</span>
                  <span className="palette-note">{parentOf(folder)}</span>
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          )}
          {audit !== undefined && shells.length > 1 && (
            <Cmdk.Group heading="Dev shells">
              {shells.map((shell) => (
                <Cmdk.Item
                  key={shell}
                  value={`shell ${shell}`}
                  onSelect={() =>
                    finish(() => startAudit(audit.target.flake.path, { system: audit.target.system, shell }))
                  }
                >
                  <span>{plain(shell)}</span>
                  {shell === audit.shell && <span className="palette-note">in front</span>}
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          )}
          {audit !== undefined && (
            <Cmdk.Group heading="Tools">
              {audit.rows.slice(0, toolLimit).map((row, index) => (
                <Cmdk.Item
                  key={`${row.tool} ${row.expected?.attribute ?? index}`}
                  value={`${row.title} ${row.expected?.attribute ?? row.tool}`}
                  onSelect={() => finish(() => go({ view: 'compare', focus: row.expected?.attribute ?? row.tool }))}
                >
                  <span>{row.title}</span>
                  <span className="palette-note">
                    {statusLooks[row.status].glyph} {statusLooks[row.status].word}
                  </span>
                </Cmdk.Item>
              ))}
            </Cmdk.Group>
          )}
        </Cmdk.List>
      </Cmdk>
    </Dialog>
  );
}

/** Every word must be there; at the beginning of a word it counts for more than inside one. */
function score(value: string, search: string): number {
  const text = value.toLowerCase();
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  if (!words.every((word) => text.includes(word))) {
    return 0;
  }
  return words.every((word) => text.startsWith(word) || text.includes(` ${word}`)) ? 1 : 0.5;
}

/** The palette goes first, so that focus is back in the window when the command runs. */
function finish(run: () => void): void {
  setState({ overlay: undefined });
  queueMicrotask(run);
}
