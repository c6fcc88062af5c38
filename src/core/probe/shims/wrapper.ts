import type { ShimFollower } from './shim';

/** A script that only starts another program is shorter. */
const LIMIT = 1024;

/** The one command of such a script: `exec /usr/local/cuda/bin/nvcc "$@"`. */
const EXEC = /^exec\s+(?:-a\s+"\$0"\s+)?(["']?)(\/[^\s"'$`;&|<>*?]+)\1\s+("\$@"|\$@|\$\{1\+"\$@"\})\s*$/;

/** What `distrobox-export` writes at the top of a script that starts a program of a container. */
const DISTROBOX = /^# distrobox_binary\n# name: ([\w.-]+)\n/m;
const IN_CONTAINER = /distrobox-enter["']?\s.*?\s--\s+["']?(\/[^\s"']+)/;

/**
 * Follows a shell script that does nothing but start another program with its own arguments; what sets variables for it
 * first counts too. A script that does anything else is the program.
 */
export const followWrapper: ShimFollower = ({ path, realPath, size }, context) => {
  if (size === 0 || size > LIMIT || context.host.os === 'windows') {
    return undefined;
  }
  const text = context.readText(realPath);
  if (!text.ok || !/^#!\s*(?:\/\S*\/)?(?:env\s+)?(?:ba|da|z|k)?sh\b/.test(text.value)) {
    return undefined;
  }
  const container = DISTROBOX.exec(text.value)?.[1];
  if (container !== undefined) {
    const started = IN_CONTAINER.exec(text.value)?.[1] ?? 'a program';
    const reason = `${path} starts ${started} in the container ${container}, whose files are not those of this machine`;
    return { manager: 'distrobox', source: realPath, reason, isElsewhere: true };
  }
  const commands = text.value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^(?:export\s+)?[A-Za-z_]\w*=\S*$/.test(line));
  const target = commands.length === 1 ? EXEC.exec(commands[0]!)?.[2] : undefined;
  if (target === undefined || target === path || target === realPath) {
    return undefined;
  }
  return context.host.fs.stat(target).ok
    ? { manager: 'wrapper', leadsTo: target, source: realPath }
    : { manager: 'wrapper', source: realPath, reason: `${path} starts ${target}, which is not there` };
};
