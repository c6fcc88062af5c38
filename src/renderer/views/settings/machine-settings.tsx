import { CONTEXT_TITLES } from '../../../core/environment/phrases';
import type { Settings } from '../../../ipc/settings';
import { changeSettings } from '../../state/actions';
import { useAppState } from '../../state/store';
import { NumberChoice, Switch } from './switch';

type Choice = Settings['pathContext'];

const contexts: readonly { readonly id: Choice; readonly title: string; readonly text: string }[] = [
  {
    id: 'auto',
    title: 'Automatic',
    text: 'The PATH that Lockstep was started with in a terminal; launched from the desktop, the one of your terminal.',
  },
  {
    id: 'interactive',
    title: CONTEXT_TITLES.interactive,
    text: 'What an interactive shell has, as your terminal opens it.',
  },
  { id: 'login', title: CONTEXT_TITLES.login, text: 'What a login shell has, and editors that ask for it.' },
  { id: 'desktop', title: CONTEXT_TITLES.desktop, text: 'What apps get from the Dock, the menu or Explorer.' },
  { id: 'process', title: CONTEXT_TITLES.process, text: 'Whatever Lockstep itself was given.' },
];

const seconds = (milliseconds: number) => `${milliseconds / 1000} s`;

/** How this machine is read: whose PATH decides, how long programs may take, whether Nix is asked. */
export function MachineSettings() {
  const settings = useAppState((state) => state.settings);
  const decides = useAppState((state) => state.audit?.snapshot.pathContext);
  return (
    <section className="page-section" aria-label="This machine">
      <h2>This machine</h2>
      <fieldset className="choices-long">
        <legend>Whose PATH decides what wins</legend>
        {contexts.map(({ id, title, text }) => (
          <label key={id} className="switch">
            <input
              type="radio"
              className="tick"
              name="path-context"
              checked={settings.pathContext === id}
              onChange={() => changeSettings({ pathContext: id })}
            />
            <span>
              {title}
              <span className="muted">
                {text}
                {id === 'auto' && settings.pathContext === 'auto' && decides !== undefined && (
                  <> Now: {CONTEXT_TITLES[decides]}.</>
                )}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <NumberChoice
        title="Time for one program"
        text="How long a program may take that tells its version, or a shell its PATH. Only those are run whose files do not tell."
        value={settings.deadlineEach}
        choices={[500, 1000, 2000, 5000, 10_000]}
        nameOf={seconds}
        onChange={(deadlineEach) =>
          changeSettings({ deadlineEach, deadlineTotal: Math.max(deadlineEach, settings.deadlineTotal) })
        }
      />
      <NumberChoice
        title="Time for all programs"
        text="How long all of them may take together."
        value={settings.deadlineTotal}
        choices={[1000, 2000, 4000, 10_000, 30_000]}
        nameOf={seconds}
        onChange={(deadlineTotal) =>
          changeSettings({ deadlineTotal, deadlineEach: Math.min(deadlineTotal, settings.deadlineEach) })
        }
      />
      <Switch
        title="Ask Nix"
        text="Where Nix is installed, it is asked for exact versions, too: it builds, fetches and writes nothing. What Lockstep reads itself is shown until Nix has answered."
        checked={settings.askNix}
        onChange={(askNix) => changeSettings({ askNix })}
      />
    </section>
  );
}
