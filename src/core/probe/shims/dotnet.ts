import { asObject } from '../packages/package-source';
import { byNumbers } from './env-family';
import { parseObject } from './node-shims';
import { findUp, type ShimFollower } from './shim';

/**
 * Follows `dotnet`, which starts the newest SDK beside it, to the one that the project's `global.json` asks for
 * (learn.microsoft.com, "global.json overview"). Without such a file, or without an SDK that it allows, `dotnet` stands
 * for itself.
 */
export const followDotnet: ShimFollower = ({ tool, program, realPath }, context) => {
  const { paths } = context;
  const project = tool.id === 'dotnet' && program === 'dotnet' ? findUp(context, ['global.json']) : undefined;
  const asked = project === undefined ? undefined : asObject(parseObject(withoutComments(project.text))?.['sdk']);
  const version = asked?.['version'];
  if (project === undefined || typeof version !== 'string' || !/^\d+\.\d+\.\d{3}/.test(version)) {
    return undefined;
  }
  const policy = String(asked?.['rollForward'] ?? 'latestPatch');
  const sdks = paths.join(paths.dirname(realPath), 'sdk');
  const listed = context.readDir(sdks);
  const fitting = (listed.ok ? listed.value : [])
    .map(({ name }) => name)
    .filter((name) => /^\d+\.\d+\.\d{3}/.test(name) && (version.includes('-') || !name.includes('-')))
    .filter((name) => isAllowed(name, version, policy.toLowerCase()))
    .sort(byNumbers);
  const isLatest = /^latest/i.test(policy);
  const exact = isLatest ? undefined : fitting.find((name) => name === version);
  const nearest = fitting.filter((name) => bandOf(name) === bandOf(fitting[0] ?? ''));
  const chosen = exact ?? (isLatest ? fitting : nearest).at(-1);
  const target = chosen === undefined ? undefined : paths.join(sdks, chosen, 'dotnet.dll');
  return target === undefined || !context.host.fs.stat(target).ok
    ? undefined
    : { manager: 'wrapper', leadsTo: target, source: project.path, detail: `sdk.version ${version}, ${policy}` };
};

/** How far a policy may roll forward: the parts of the version that stay as they are. */
const KEPT: Readonly<Record<string, (version: string) => string>> = {
  disable: (version) => version,
  patch: bandOf,
  latestpatch: bandOf,
  feature: (version) => version.replace(/\.\d{3}.*$/, ''),
  latestfeature: (version) => version.replace(/\.\d{3}.*$/, ''),
  minor: (version) => version.replace(/\..*$/, ''),
  latestminor: (version) => version.replace(/\..*$/, ''),
  major: () => '',
  latestmajor: () => '',
};

function isAllowed(name: string, version: string, policy: string): boolean {
  const kept = KEPT[policy];
  return kept !== undefined && kept(name) === kept(version) && byNumbers(name, version) >= 0;
}

/** `8.0.4` of `8.0.404`: the hundreds of the last number are the feature band. */
function bandOf(version: string): string {
  return version.replace(/\d\d(?:-.*)?$/, '');
}

/** The file may have comments, and commas at ends. */
function withoutComments(text: string): string {
  return text
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (_, string: string | undefined) => string ?? ' ')
    .replace(/,(?=\s*[}\]])/g, '');
}
