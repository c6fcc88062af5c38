import type { Tool } from '../catalog';
import { compileAttributePattern } from '../catalog/attribute';
import { allPackageNames } from '../catalog/package-names';
import { type LayoutRule, layoutRules } from './layout-rules';

/** What the place of a program tells: who put it there, as part of what, and maybe which version. */
export interface Layout {
  readonly manager: string;
  readonly package?: string;
  readonly version?: string;
}

/** Names of folders → where in {@link layoutRules} the rules are that have them; below no name those that have none. */
const PLACES_IN: ReadonlyMap<string, readonly number[]> = placesByFolder();

function placesByFolder(): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [place, rule] of layoutRules.entries()) {
    for (const name of rule.in ?? ['']) {
      places.set(name, [...(places.get(name) ?? []), place]);
    }
  }
  return places;
}

/** Most programs lie here, where a path tells nothing. */
const SYSTEM_PROGRAM = /^\/(?:usr\/)?s?bin\/[^/]+$/;

/**
 * What a path shows of who installed a program.
 *
 * @param path absolute, with `/` between names
 */
export function readLayout(path: string): Layout | undefined {
  if (SYSTEM_PROGRAM.test(path)) {
    return undefined;
  }
  for (const rule of rulesFor(path)) {
    const groups = rule.match.exec(path);
    if (groups !== null) {
      const name = rule.package ?? groups.groups?.['package'];
      const version = groups.groups?.['version'];
      return {
        manager: rule.manager,
        ...(name === undefined ? {} : { package: name }),
        ...(version === undefined ? {} : { version }),
      };
    }
  }
  return undefined;
}

/** The rules whose folders a path has, in their order. */
function rulesFor(path: string): readonly LayoutRule[] {
  const places = new Set(PLACES_IN.get(''));
  for (const name of path.toLowerCase().split('/')) {
    for (const place of PLACES_IN.get(name.startsWith('.') ? name.slice(1) : name) ?? []) {
      places.add(place);
    }
  }
  return [...places].sort((one, other) => one - other).map((place) => layoutRules[place]!);
}

const VERSION_END = /[-@]?\d[\d._]*$/;

/** Ends of package names that name a part of what the package was split from. */
const PART =
  /-(?:minimal|headless|core|bin|cli|base|client|clients|tools|utils|nox|gtk3?|interpreter|interactive|runtime|stable)$/;

/** A name of the catalog in which `#` is a version. */
function numbered(pattern: string): RegExp {
  const source = pattern.split('#').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('[\\d.]+')}(?:${PART.source.slice(0, -1)})*$`);
}

/**
 * Whether a package is the tool itself, so that its version is the tool's: `nodejs-20.1.0` is `node`, and not the `npm`
 * inside it.
 */
export function isPackageOf(tool: Tool, name: string): boolean {
  const packageNames = allPackageNames(tool);
  if (name === tool.id || packageNames.includes(name)) {
    return true;
  }
  const bare = name
    .toLowerCase()
    .replace(/@.*$/, '')
    .replace(/-wrapped$|-wrapper$|-with-[\w-]+$|-(?:x86-64|aarch64|i686)-linux-gnu$/, '');
  const versionless = bare.replace(VERSION_END, '');
  const spellings = new Set([bare, name.toLowerCase(), versionless, versionless.replace(PART, '')]);
  for (let rest = bare; PART.test(rest); ) {
    // Distributions split: `python3.11-minimal`, `openjdk-17-jre-headless`, `git-core`.
    rest = rest.replace(PART, '');
    spellings.add(rest);
    spellings.add(rest.replace(VERSION_END, ''));
  }
  const same = (candidate: string) => {
    const known = candidate.toLowerCase().replace(/@.*$/, '');
    return known.includes('#') ? numbered(known).test(bare) : spellings.has(known) && known !== '';
  };
  return (
    same(tool.id) ||
    tool.programs.some(same) ||
    packageNames.some(same) ||
    tool.nixpkgs.some((pattern) => (/[#*]/.test(pattern) ? compileAttributePattern(pattern).test(bare) : same(pattern)))
  );
}
