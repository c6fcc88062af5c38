import type { ProbeContext } from '../context';
import { programIn, type ShimFollower } from './shim';

const IMPLEMENTATIONS = '/usr/lib/python-exec';
const SETTINGS = '/etc/python-exec';

/**
 * Follows Gentoo's `python` to the version that is preferred: the first implementation of `python-exec.conf` (or of the
 * program's own file) that has it; a `-` before one takes it out. Scripts are programs of their own packages.
 *
 * Source: python-exec's README and `eselect python`.
 */
export const followPythonExec: ShimFollower = ({ program, realPath }, context) => {
  const { paths } = context;
  if (!/^python[\d.]*$/.test(program) || !/^python-exec2c?$/.test(paths.basename(realPath))) {
    return undefined;
  }
  const asked = context.host.env['EPYTHON'];
  const file = [`${SETTINGS}/${program}.conf`, `${SETTINGS}/python-exec.conf`]
    .map((source) => ({ source, text: context.readText(source) }))
    .find(({ text }) => text.ok);
  const lines = file?.text.ok === true ? file.text.value.split('\n').map((line) => line.replace(/#.*/, '').trim()) : [];
  const source = asked !== undefined ? '$EPYTHON' : (file?.source ?? IMPLEMENTATIONS);
  const names = [...(asked === undefined ? [] : [asked]), ...lines, ...others(context, lines)];
  for (const name of names.filter((each) => /^\w[\w.]*$/.test(each))) {
    const target = programIn(context, `${IMPLEMENTATIONS}/${name}`, program);
    if (target !== undefined) {
      return { manager: 'portage', leadsTo: behindLinks(context, target), source };
    }
  }
  return { manager: 'portage', source, reason: `no implementation below ${IMPLEMENTATIONS} has ${program}` };
};

/** Implementations that no line names, the newest first. */
function others(context: ProbeContext, lines: readonly string[]): readonly string[] {
  const listed = context.readDir(IMPLEMENTATIONS);
  const minor = (name: string) => Number(/^python3\.(\d+)$/.exec(name)?.[1] ?? -1);
  return (listed.ok ? listed.value.map(({ name }) => name) : [])
    .filter((name) => minor(name) >= 0 && !lines.includes(name) && !lines.includes(`-${name}`))
    .sort((one, other) => minor(other) - minor(one));
}

/**
 * Follows Gentoo's `java` and its like to the virtual machine of the user, or else of the system.
 *
 * Source: java-config's `run-java-tool`, which reads these links.
 */
export const followJavaConfig: ShimFollower = ({ program, realPath }, context) => {
  const { host, paths } = context;
  if (paths.basename(realPath) !== 'run-java-tool') {
    return undefined;
  }
  const links = [
    ...(host.home === undefined ? [] : [`${host.home}/.gentoo/java-config-2/current-user-vm`]),
    '/etc/java-config-2/current-system-vm',
  ];
  for (const link of links) {
    const target = programIn(context, `${link}/bin`, program);
    if (target !== undefined) {
      return { manager: 'portage', leadsTo: behindLinks(context, target), source: link };
    }
  }
  return { manager: 'portage', source: links.at(-1)!, reason: 'no virtual machine of Java is selected' };
};

function behindLinks({ host }: ProbeContext, path: string): string {
  const real = host.fs.realPath(path);
  return real.ok ? real.value : path;
}
