import type { ProbeContext } from '../context';
import { followAqua } from './aqua';
import { followPluginManager } from './asdf';
import { followBazelisk } from './bazelisk';
import { followDotnet } from './dotnet';
import { followEnvFamily } from './env-family';
import { followJavaConfig, followPythonExec } from './gentoo-shims';
import { followCorepack, followVolta } from './node-shims';
import { followRustup } from './rustup';
import type { FoundProgram, Shim, ShimFollower } from './shim';
import {
  followChocolatey,
  followMacos,
  followPgWrapper,
  followPixi,
  followPyLauncher,
  followScoop,
  followSnap,
  followStorePython,
} from './system-shims';
import {
  followBob,
  followChoosenim,
  followElan,
  followJuliaup,
  followRye,
  followSwiftly,
  followTenv,
} from './toolchain-shims';
import { followWrapper } from './wrapper';

export { type FoundProgram, isIdle, type Shim } from './shim';

const FOLLOWERS: readonly ShimFollower[] = [
  followEnvFamily,
  followRustup,
  followPluginManager,
  followAqua,
  followJuliaup,
  followElan,
  followChoosenim,
  followSwiftly,
  followRye,
  followBob,
  followTenv,
  followBazelisk,
  followVolta,
  followCorepack,
  followMacos,
  followPgWrapper,
  followPythonExec,
  followJavaConfig,
  followPixi,
  followPyLauncher,
  followDotnet,
  followSnap,
  followScoop,
  followChocolatey,
  followStorePython,
  followWrapper,
];

/** What a program would start, when it is a stand-in; undefined when it is the program itself. */
export function followShim(program: FoundProgram, context: ProbeContext): Shim | undefined {
  for (const follow of FOLLOWERS) {
    const shim = follow(program, context);
    if (shim !== undefined) {
      return shim;
    }
  }
  return undefined;
}
