import type { Problem } from '../model/problem';
import type { Session } from './session';

/** How many packages are named before the rest is counted. */
const SHOWN = 5;

/** Unfree packages that a shell asks for and that Nix will not evaluate: the shell cannot be opened. */
export function unfreeFindings({ refused }: Session): readonly Problem[] {
  const [first] = refused;
  if (first === undefined) {
    return [];
  }
  const names = [...refused.keys()].sort();
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  const text = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)} are` : `${all[0]} is`;
  return [
    {
      code: 'package-unfree',
      message: `${text} unfree, and this nixpkgs does not allow that: Nix refuses to open the shell.`,
      hint: 'Import nixpkgs with `config.allowUnfree = true`; for once, `NIXPKGS_ALLOW_UNFREE=1 nix develop --impure` does.',
      ...(first[1] === undefined ? {} : { position: first[1] }),
    },
  ];
}
