import { type Theme, themes } from '../../../ipc/settings';
import { PathText } from '../../components/path-text';
import { changeSettings } from '../../state/actions';
import { useAppState } from '../../state/store';
import { MachineSettings } from './machine-settings';
import { NumberChoice, SettingLine, Switch } from './switch';

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
        <fieldset className="setting">
          <legend className="visually-hidden">Theme</legend>
          <span aria-hidden="true">Theme</span>
          <span className="context-switch">
            {themes.map((theme) => (
              <label key={theme} className="context-choice">
                <input
                  type="radio"
                  name="theme"
                  checked={settings.theme === theme}
                  onChange={() => changeSettings({ theme })}
                />
                <span>{themeNames[theme]}</span>
              </label>
            ))}
          </span>
        </fieldset>
      </section>
      <MachineSettings />
      <section className="page-section" aria-label="Audits">
        <h2>Audits</h2>
        <Switch
          title="Audit again when the flake changes"
          text="Watches flake.nix, its lock, the files with declared versions, and the folders on PATH."
          checked={settings.watch}
          onChange={(watch) => changeSettings({ watch })}
        />
        <NumberChoice
          title="Audits kept"
          text="For the history; the oldest go first. Pinned ones stay."
          value={settings.keepAudits}
          choices={[0, 10, 50, 200]}
          nameOf={(count) => (count === 0 ? 'None' : String(count))}
          onChange={(keepAudits) => changeSettings({ keepAudits })}
        />
      </section>
      <section className="page-section" aria-label="Reports">
        <h2>Reports</h2>
        <Switch
          title="Redact"
          text="Names of users and hosts, home folders and secrets are replaced in everything that is exported or copied."
          checked={settings.redact}
          onChange={(redact) => changeSettings({ redact })}
        />
        <div className="setting">
          <span>
            Folder
            <span className="muted">Where reports go; “Save as…” in the reports chooses another one.</span>
          </span>
          {settings.reportFolder === undefined ? (
            <span className="muted">Your folder for downloads</span>
          ) : (
            <span className="path setting-path">
              <PathText path={settings.reportFolder} />
            </span>
          )}
        </div>
      </section>
      <section className="page-section" aria-label="Checklists">
        <h2>Checklists</h2>
        <SettingLine title="Your name" text="Stands beside the steps that you tick and the notes that you write.">
          <input
            className="step-input"
            placeholder="As your account is called"
            maxLength={120}
            defaultValue={settings.name ?? ''}
            onBlur={(event) => changeSettings({ name: event.target.value.trim() })}
          />
        </SettingLine>
      </section>
      {info !== undefined && (
        <p className="muted versions-line">
          Lockstep {info.version} · Electron {info.electron} · Chromium {info.chromium} · Node {info.node}
        </p>
      )}
    </div>
  );
}
