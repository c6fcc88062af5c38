import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';

const MANIFEST_LIMIT = 8 * 1024 * 1024;

/**
 * Program → the component of the channel manifest that tells its version. Cargo, Clippy and rustfmt have numbers of their
 * own (0.96, 0.1.95, 1.9), but are released with Rust, and nixpkgs and the distributions give them Rust's.
 */
const COMPONENTS: Readonly<Record<string, string>> = {
  rustc: 'rustc',
  rustdoc: 'rustc',
  cargo: 'rustc',
  rustfmt: 'rustc',
  'cargo-fmt': 'rustc',
  'cargo-clippy': 'rustc',
  'clippy-driver': 'rustc',
  'rust-analyzer': 'rust-analyzer',
  'cargo-miri': 'miri',
};

/** Cargo is version 0.96.0 as a library and calls itself 1.95.0, as the Rust that it comes with; Debian had the former. */
export function cargoRelease(version: string): string {
  return version.replace(/^0\.(\d+)/, (_, minor: string) => `1.${Number(minor) - 1}`);
}

/**
 * The version of a program of a rustup toolchain, from `lib/rustlib/multirust-channel-manifest.toml`, which rustup keeps
 * there: `[pkg.rustc]` is followed by `version = "1.95.0 (59807616e 2026-04-14)"`.
 */
export function fromRustToolchain({ subject, program }: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  if (!/[\\/]toolchains[\\/][^\\/]+[\\/]bin[\\/][^\\/]+$/.test(subject)) {
    return ABSENT;
  }
  const root = paths.dirname(paths.dirname(subject));
  const path = paths.join(root, 'lib', 'rustlib', 'multirust-channel-manifest.toml');
  const component = COMPONENTS[program];
  if (component === undefined) {
    return ABSENT;
  }
  // A megabyte, sorted by name: what is asked for most stands at its end.
  const parts = [
    () => context.readEnd(path),
    () => {
      const text = context.readText(path, MANIFEST_LIMIT);
      return text.ok ? text.value : '';
    },
  ];
  for (const read of parts) {
    const text = read();
    for (const name of [component, `${component}-preview`]) {
      const header = `\n[pkg.${name}]\n`;
      const at = text.indexOf(header);
      const body = text.slice(at + header.length, at + header.length + 200);
      const line = at < 0 ? null : /^version\s*=\s*"([^\s"]+)[^"]*"/.exec(body);
      if (line !== null) {
        return found(line[1]!, 'file', path, `${name} ${line[0]}`);
      }
    }
  }
  // An old toolchain: its folder is called by the release, `1.70.0-x86_64-unknown-linux-gnu`.
  const named = component === 'rustc' ? /^(\d+\.\d+\.\d+(?:-beta\.\d+)?)-/.exec(paths.basename(root))?.[1] : undefined;
  return named === undefined ? ABSENT : found(named, 'path', subject);
}
