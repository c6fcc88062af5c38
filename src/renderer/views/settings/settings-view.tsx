import { type Theme, themes } from '../../../ipc/settings';
import { changeSettings } from '../../state/actions';
import { useAppState } from '../../state/store';
import { MachineSettings } from './machine-settings';
import { Switch } from './switch';

const themeNames: Readonly<Record<Theme, string>> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
};

/** What the user may choose. Every choice holds at once. */
export function SettingsView() {
  const settings = useAppState((state) => state.settings);
  const info = useAppState((state) => state.info);
  return (
    <div className="page settings">
      <section className="page-section" aria-label="Appearance">
        <h2>Appearance</h2>
        <fieldset className="choices">
          <legend>Theme</legend>
          {themes.map((theme) => (
            <label key={theme} className="choice">
              <input
                type="radio"
                name="theme"
                checked={settings.theme === theme}
                onChange={() => changeSettings({ theme })}
              />
              {themeNames[theme]}
            </label>
          ))}
        </fieldset>
      </section>
      <MachineSettings />
      <section className="page-section" aria-label="Audits">
        <h2>Audits</h2>
        <Switch
          title="Audit again when the flake changes"
          text="Watches flake.nix and flake.lock of the flake that is open."
          checked={settings.watch}
          onChange={(watch) => changeSettings({ watch })}
        />
        <label className="switch">
          <select
            className="select"
            value={settings.keepAudits}
            onChange={(event) => changeSettings({ keepAudits: Number(event.target.value) })}
          >
            {[...new Set([0, 10, 50, 200, settings.keepAudits])]
              .sort((a, b) => a - b)
              .map((count) => (
                <option key={count} value={count}>
                  {count === 0 ? 'None' : count}
                </option>
              ))}
          </select>
          <span>
            Audits kept
            <span className="muted">For the history; the oldest go first.</span>
          </span>
        </label>
      </section>
      <section className="page-section" aria-label="Reports">
        <h2>Reports</h2>
        <Switch
          title="Redact"
          text="Names of users and hosts, home folders and secrets are replaced in everything that is exported or copied."
          checked={settings.redact}
          onChange={(redact) => changeSettings({ redact })}
        />
        <p className="muted">
          Reports go to{' '}
          {settings.reportFolder === undefined ? (
            'your folder for downloads'
          ) : (
            <span className="path">{settings.reportFolder}</span>
          )}
          ; “Save as…” chooses another place.
        </p>
      </section>
      <section className="page-section" aria-label="Checklists">
        <h2>Checklists</h2>
        <label className="field">
          Your name
          <input
            className="step-input"
            placeholder="As your account is called"
            maxLength={120}
            defaultValue={settings.name ?? ''}
            onBlur={(event) => changeSettings({ name: event.target.value.trim() })}
          />
          <span className="muted">Stands beside the steps that you tick and the notes that you write.</span>
        </label>
      </section>
      {info !== undefined && (
        <p className="muted versions-line">
          Lockstep {info.version} · Electron {info.electron} · Chromium {info.chromium} · Node {info.node}
        </p>
      )}
    </div>
  );
}
