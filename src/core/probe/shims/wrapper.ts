import type { ShimFollower } from './shim';

/** A script that only starts another program is shorter. */
const LIMIT = 1024;

/** The one command of such a script: `exec /usr/local/cuda/bin/nvcc "$@"`. */
const EXEC = /^exec\s+(?:-a\s+"\$0"\s+)?(["']?)(\/[^\s"'$`;&|<>*?]+)\1\s+("\$@"|\$@|\$\{1\+"\$@"\})\s*$/;

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
