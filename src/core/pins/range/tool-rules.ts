import { own } from '../../own';
import { exact, prefix, type Reading, type Rule, semver } from './rules';

/** A plain version is a prefix, everything else an npm range: how most set-up steps read their input. */
export const spec: Rule = (constraint) =>
  /^v?\d+(?:\.\d+)*(?:\.[xX*])*$/.test(constraint.trim())
    ? prefix(constraint)
    : (moving(constraint) ?? semver(constraint));

/** Names that move, by the tools that know them. */
function moving(constraint: string): Reading | undefined {
  const name = constraint.trim().toLowerCase();
  return /^(?:latest|current|node|default|system|local|stable|oldstable|beta|nightly|canary|edge|master|main|tip|head|min-required|latest-allowed|latest:.*|lts(?:[/-].*)?)$/.test(
    name,
  )
    ? { scheme: 'channel', channel: name.replace(/[/:].*$|^(lts)-.*$/, '$1') }
    : undefined;
}

/** Node's long-term releases by codename. Source: nodejs.org/en/about/previous-releases. */
const codenames: Readonly<Record<string, string>> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};

/** Node as nvm, fnm, setup-node and image tags write it: `lts/iron`, `iron`, `lts/*`, `20`, `v20.11.1`, ranges. */
export const node: Rule = (constraint) => {
  const name = constraint
    .trim()
    .toLowerCase()
    .replace(/^lts[/-]/, '');
  const major = own(codenames, name);
  return major === undefined ? spec(constraint) : prefix(major);
};

/** Python as pyenv, setup-python and uv write it: `3.11`, `3.12-dev`, `3.x`, `cpython-3.12`, ranges. */
export const python: Rule = (constraint) => {
  const text = constraint
    .trim()
    .replace(/^(?:cpython|python)[-@]?/i, '')
    .replace(/-dev$|(?:\/|-(?:linux|macos|windows)).*$/, '')
    .replace(/(\d)t$/, '$1');
  return /^\d+(?:\.\d+)*(?:a|b|rc)\d+$/.test(text)
    ? prefix(text)
    : spec(text.replace(/\s*,\s*/g, ' ').replace(/~=/g, '~'));
};

/**
 * Java as version managers and set-up steps write it: `17`, `1.8`, `8u392`, `temurin-17.0.9+9`, `17.0.10-tem`,
 * `openjdk64-11.0.2`. Java 8 and older are numbered `1.8`.
 */
export const java: Rule = (constraint) => {
  const text = constraint.trim().toLowerCase();
  const match = /(?:^|[-@_a-z])(?:1\.(?=[5-8](?:\D|$)))?(\d{1,2}(?:\.\d+)*(?:\.[x*])?)(?:u\d+)?(?:[-+_].*|)$/.exec(
    text.replace(/^graalvm-.*?java/, '').replace(/^[a-z]+(?:[-_][a-z]+)*(?:64|32)?-/, ''),
  );
  if (match !== null) {
    return prefix(match[1]!.replace(/\.[x*]$/, ''));
  }
  return spec(constraint);
};

/** Ruby as rbenv, RVM and setup-ruby write it: `3.2.2`, `ruby-3.2.2`, `3.2`, `head`. */
export const ruby: Rule = (constraint) =>
  spec(
    constraint
      .trim()
      .replace(/^ruby-/, '')
      .replace(/-p\d+$/, '')
      .replace(/@.*$/, ''),
  );

/** Rust's toolchain names: `1.75`, `stable`, `nightly-2024-01-01`, each with or without a host triple. */
export const rust: Rule = (constraint) => {
  const match =
    /^(stable|beta|nightly|\d+(?:\.\d+){0,2}(?:-beta(?:\.\d+)?)?)(?:-(?:\d{4}-\d{2}-\d{2}))?(?:-[a-z0-9_]+(?:-[a-z0-9_.]+)+)?$/.exec(
      constraint.trim(),
    );
  if (match === null) {
    return { scheme: 'unknown' };
  }
  return /^\d/.test(match[1]!) ? prefix(match[1]!) : { scheme: 'channel', channel: match[1]! };
};

/** Go as go.mod, setup-go and image tags write it: `1.22`, `go1.22.3`, `^1.21`, `stable`. */
export const go: Rule = (constraint) => spec(constraint.trim().replace(/^go(?=\d)/, ''));

/**
 * GHC's release line by series of Stackage's long-term snapshots: within a series only its last number changes. Source:
 * commercialhaskell/stackage-snapshots, `resolver.compiler` of `lts/<series>/*.yaml`.
 */
const compilers: Readonly<Record<string, string>> = {
  8: '8.0',
  9: '8.0',
  10: '8.2',
  11: '8.2',
  12: '8.4',
  13: '8.6',
  14: '8.6',
  15: '8.8',
  16: '8.8',
  17: '8.10',
  18: '8.10',
  19: '9.0',
  20: '9.2',
  21: '9.4',
  22: '9.6',
  23: '9.8',
  24: '9.10',
};

/**
 * GHC as Stack writes it: `ghc-9.6.4`, or a long-term snapshot that brings it, by name or address (`lts-22.7`,
 * `https://…/stackage-snapshots/master/lts/22/7.yaml`).
 */
export const stack: Rule = (constraint) => {
  const text = constraint.trim();
  const version = /^ghc-(\d+(?:\.\d+)+)$/.exec(text)?.[1];
  if (version !== undefined) {
    return exact(version);
  }
  const series = /(?:^|[/:])lts[-/](\d+)(?:[./]\d+(?:\.yaml)?)?$/.exec(text)?.[1];
  const line = series === undefined ? undefined : own(compilers, series);
  return line === undefined ? { scheme: 'unknown' } : prefix(line);
};

const rules: Readonly<Record<string, Rule>> = { node, nodejs: node, python, ruby, java, rust, go, golang: go };

/** The rule by which version managers, set-up steps and image tags give a tool's version. */
export function ruleFor(tool: string): Rule {
  return own(rules, tool.toLowerCase().replace(/^[a-z]+:/, '')) ?? spec;
}
