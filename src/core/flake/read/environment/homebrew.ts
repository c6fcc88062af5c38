import type { OutsideManager, TargetPackage } from '../../../model/target';
import { Attrs, decodeUtf8, type Slot } from '../../../nix';
import type { Configuration } from '../../modules/configuration';
import { attempt, listSlots, memberText, textOf } from '../../session';
import type { PackageReader } from '../packages';
import type { Places } from '../places';

/** Lists of nix-darwin's `homebrew`, and who installs what is in them. */
const LISTS: readonly (readonly [option: string, manager: OutsideManager, who: string])[] = [
  ['brews', 'homebrew', 'Homebrew'],
  ['casks', 'homebrew-cask', 'Homebrew'],
  ['whalebrews', 'whalebrew', 'Whalebrew'],
];

/**
 * What nix-darwin has Homebrew and the App Store install: outside of Nix, at whatever version is the newest there. An
 * entry is a name, or a set with a `name`; `user/tap/formula` is called `formula`.
 */
export function readHomebrew(configuration: Configuration, reader: PackageReader, places: Places): void {
  const { session } = configuration;
  const { evaluator } = session;
  for (const [list, manager, who] of LISTS) {
    const option = `homebrew.${list}`;
    const { definitions, doubts } = configuration.effective(['homebrew', list]);
    for (const { definition, reason, error } of doubts) {
      const cause = error === undefined ? `Whether it counts cannot be known: ${reason}` : reason;
      reader.readUnreadable(option, cause, places.of(definition.pos));
    }
    for (const { value, pos } of definitions) {
      for (const slot of listSlots(evaluator, value)) {
        const position = places.ofSlot(slot) ?? places.of(pos);
        const name = attempt(() => nameOf(slot));
        if (!name.ok || name.value === undefined) {
          reader.readUnreadable(option, name.ok ? 'It has no name' : name.error.message, position);
        } else {
          reader.under(option, () => reader.readOther(outside(name.value!, manager, who), position));
        }
      }
    }
  }
  const apps = ['homebrew', 'masApps'];
  for (const name of configuration.names(apps)) {
    const position = places.of(configuration.raw([...apps, name])[0]?.pos);
    if (configuration.effective([...apps, name]).definitions.length > 0) {
      reader.under('homebrew.masApps', () =>
        reader.readOther(outside(decodeUtf8(name), 'mac-app-store', 'The App Store'), position),
      );
    }
  }

  function nameOf(slot: Slot): string | undefined {
    const value = evaluator.force(slot);
    const text = value instanceof Attrs ? memberText(session, value, 'name') : textOf(value);
    return text === undefined ? undefined : decodeUtf8(text);
  }
}

function outside(name: string, manager: OutsideManager, who: string): TargetPackage {
  return {
    attribute: name,
    name: name.slice(name.lastIndexOf('/') + 1),
    certainty: 'unknown',
    reason: `${who} installs it, at the version that is the newest there.`,
    input: manager === 'mac-app-store' ? 'App Store' : manager === 'whalebrew' ? 'whalebrew' : 'homebrew',
    manager,
  };
}
