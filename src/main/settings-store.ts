import { defaultSettings, type Settings, settingsSchema } from '../ipc/settings';
import { readJsonFile, writeOwnFile } from './json-file';

const recentLimit = 12;

export interface SettingsStore {
  get(): Settings;
  /** Saves and tells every listener; a failure to save becomes a notice, the choice holds for this session. */
  change(change: Partial<Settings>): Settings;
  rememberFlake(folder: string, now: Date): void;
  forgetFlake(folder: string): Settings;
  onChange(listener: (settings: Settings) => void): void;
}

/**
 * The settings in one file.
 *
 * @param notify is told, in a sentence, when the file is broken or cannot be written
 */
export function openSettings(path: string, now: Date, notify: (notice: string) => void): SettingsStore {
  const read = readJsonFile(path, settingsSchema, now);
  if (read.state === 'broken') {
    notify(`The settings could not be read and were set aside as ${read.setAside}; defaults are used.`);
  }
  let settings = read.state === 'ok' ? read.value : defaultSettings();
  const listeners: ((settings: Settings) => void)[] = [];

  function change(change: Partial<Settings>): Settings {
    settings = { ...settings, ...change };
    try {
      writeOwnFile(path, `${JSON.stringify(settings, undefined, 2)}\n`);
    } catch (error) {
      notify(`The settings could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const listener of listeners) {
      listener(settings);
    }
    return settings;
  }

  return {
    get: () => settings,
    change,
    rememberFlake: (folder, when) => {
      const others = settings.recents.filter((recent) => recent.folder !== folder);
      change({ recents: [{ folder, openedAt: when.toISOString() }, ...others].slice(0, recentLimit) });
    },
    forgetFlake: (folder) => change({ recents: settings.recents.filter((recent) => recent.folder !== folder) }),
    onChange: (listener) => void listeners.push(listener),
  };
}
