import type { Problem } from '../model/problem';
import type { Refusal } from './nixpkgs/refusals';
import type { Session } from './session';

/** How many packages are named before the rest is counted. */
const SHOWN = 5;

/** Packages that a shell asks for and that Nix will not evaluate: the shell cannot be opened. */
export function refusalFindings(session: Session): readonly Problem[] {
  const { system } = session;
  const condition = system.endsWith('-darwin') ? 'isLinux' : 'isDarwin';
  return [
    ...about(session, 'unfree', {
      code: 'package-unfree',
      said: 'unfree, and this nixpkgs does not allow that: Nix refuses to open the shell.',
      hint: 'Import nixpkgs with `config.allowUnfree = true`; for once, `NIXPKGS_ALLOW_UNFREE=1 nix develop --impure` does.',
    }),
    ...about(session, 'insecure', {
      code: 'package-insecure',
      said: 'insecure, since nobody mends it any more: Nix refuses to open the shell.',
      hint: 'Ask for a release that is supported; where that cannot be, name it in `config.permittedInsecurePackages`.',
    }),
    ...about(session, 'unsupported', {
      code: 'package-unsupported',
      said: `not for ${system}: Nix refuses to open the shell there.`,
      hint: `Ask for it where it is there: \`lib.optionals stdenv.hostPlatform.${condition} [ … ]\`.`,
    }),
  ];
}

function about(
  { refused }: Session,
  refusal: Refusal,
  { code, said, hint }: { readonly code: string; readonly said: string; readonly hint: string },
): readonly Problem[] {
  const found = [...refused].filter(([, one]) => one.refusal === refusal);
  const [first] = found;
  if (first === undefined) {
    return [];
  }
  const names = found.map(([name]) => name).sort();
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  const all = rest > 0 ? [...shown, `${rest} more`] : shown;
  const text = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)} are` : `${all[0]} is`;
  const { position } = first[1];
  return [{ code, message: `${text} ${said}`, hint, ...(position === undefined ? {} : { position }) }];
}
