import type { OutputType, Target, TargetOutput, TargetOutputEntry } from '../core/model/target';
import { plain } from '../core/report/plain';
import type { Line, Span } from '../core/report/text-layout';

const faint = (text: string): Span => ({ text, style: 'faint' });
const normal = (text: string): Span => ({ text, style: 'none' });

const WORDS: Readonly<Partial<Record<OutputType, string>>> = {
  'nixpkgs-overlay': 'Nixpkgs overlay',
  'nixos-module': 'NixOS module',
  'nixos-configuration': 'NixOS configuration',
  'darwin-module': 'nix-darwin module',
  'darwin-configuration': 'nix-darwin configuration',
  'home-module': 'Home Manager module',
  'home-configuration': 'Home Manager configuration',
  derivation: 'package',
};

/** A name, with what is below it or what it is. */
interface Branch {
  readonly below: Map<string, Branch>;
  entry?: TargetOutputEntry;
}

/** Everything that a flake offers, as a tree in the manner of `nix flake show`. */
export function layoutOutputs({ flake, outputs = [] }: Target): readonly Line[] {
  const root: Branch = { below: new Map() };
  for (const output of outputs) {
    root.below.set(output.name, branchOf(output));
  }
  return [[{ text: plain(flake.path), style: 'strong' }], ...lines(root, '')];
}

function branchOf({ entries = [] }: TargetOutput): Branch {
  const top: Branch = { below: new Map() };
  for (const entry of entries) {
    let branch = top;
    for (const name of entry.path) {
      const next = branch.below.get(name) ?? { below: new Map() };
      branch.below.set(name, next);
      branch = next;
    }
    branch.entry = entry;
  }
  return top;
}

function lines({ below }: Branch, indent: string): readonly Line[] {
  const names = [...below];
  return names.flatMap(([name, branch], i) => {
    const isLast = i === names.length - 1;
    const { entry } = branch;
    const line: Line = [
      faint(`${indent}${isLast ? '└───' : '├───'}`),
      normal(plain(name)),
      ...(entry === undefined ? [] : describe(entry)),
    ];
    return [line, ...lines(branch, `${indent}${isLast ? '    ' : '│   '}`)];
  });
}

function describe({ type, name, description, reason, position }: TargetOutputEntry): readonly Span[] {
  const place = position === undefined ? '' : ` at ${position.file}:${position.line}:${position.column}`;
  switch (type) {
    case 'failed':
    case 'wrong':
    case 'opaque':
      return [
        { text: `: ${type === 'opaque' ? 'not known' : type}`, style: 'unknown' },
        faint(plain(`: ${reason ?? ''}${place}`)),
      ];
    case 'omitted':
      return [faint(reason === undefined ? ': omitted (use --all-systems)' : `: omitted: ${plain(reason)}`)];
    default:
      return [
        normal(`: ${WORDS[type] ?? type}${name === undefined ? '' : ` '${plain(name)}'`}`),
        ...(description === undefined ? [] : [faint(plain(` – ${description.split('\n')[0]}`))]),
      ];
  }
}
