import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { readPlistKey } from './plist';
import { cleanVersion } from './version-text';

/** Info.plist of the macOS application that is the tool; a program inside of another application is not. */
export function fromAppBundle({ tool, subject }: Copy, context: ProbeContext): Answer {
  const bundle = /^(.*?\/([^/]+\.app))(?:\/|$)/.exec(subject);
  if (bundle === null || !(tool.places.darwin ?? []).some((place) => isBundle(place, bundle[2]!))) {
    return ABSENT;
  }
  const path = `${bundle[1]}/Contents/Info.plist`;
  const version = cleanVersion(readPlistKey(context.host.fs, path, 'CFBundleShortVersionString'));
  return version === undefined ? ABSENT : found(version, 'file', path, `CFBundleShortVersionString ${version}`);
}

/** Whether a place of the catalog (`/Applications/Xcode*.app`) is a bundle of that name. */
function isBundle(place: string, name: string): boolean {
  const [before = '', after] = place.slice(place.lastIndexOf('/') + 1).split('*');
  return after === undefined ? name === before : name.startsWith(before) && name.endsWith(after);
}
