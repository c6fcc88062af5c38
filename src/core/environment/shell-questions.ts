import { own } from '../own';
import type { ShellQuestion } from './derived-context';
import { isKnownShell, shellName } from './startup';

/** Around what the shell says, so that what its files print does no harm. */
export const BEGIN = '__lockstep_environment_begins__';
export const END = '__lockstep_environment_ends__';

type Argv = readonly [string, ...string[]];

/** Shells that do not understand a POSIX shell's words, and how they are asked. From their manuals. */
const OTHERS: Readonly<Record<string, (question: ShellQuestion) => Argv>> = {
  // Without `--login` a command is run without the user's files.
  nu: ({ shell }) => [shell, '--login', '--commands', NU],
  // `-Login` must be the first; the user's profile is read unless it is told not to.
  pwsh: ({ shell, login }) => [
    shell,
    ...(login ? ['-Login'] : []),
    '-NoLogo',
    '-NonInteractive',
    '-Command',
    POWERSHELL,
  ],
  tcsh: ({ shell, login }) => [shell, '-c', `${login ? LOGIN_OF_TCSH : ''}${TCSH}`],
  // A command alone has it read nothing; terminals read `rc.elv`. What fails there (editor settings) says nothing of PATH.
  elvish: ({ shell, interactive }) => [shell, '-c', `${interactive ? RC_OF_ELVISH : ''}${ELVISH}`],
  xonsh: ({ shell, login, interactive }) => [
    shell,
    ...(login ? ['-l'] : []),
    ...(interactive ? ['-i'] : []),
    '-c',
    XONSH,
  ],
  csh: ({ shell, login }) => [shell, '-c', `${login ? LOGIN_OF_TCSH : ''}${TCSH}`],
};

const NU = `print "\\n${BEGIN}"; try { ^/usr/bin/env -0 } catch { ^/usr/bin/env }; print "\\n${END}"`;
const POWERSHELL = `[Console]::Write("\`n${BEGIN}\`n"); $all = [Environment]::GetEnvironmentVariables(); foreach ($name in $all.Keys) { [Console]::Write("$name=$($all[$name])\`0") }; [Console]::Write("\`n${END}\`n")`;
const TCSH = `printf '\\n%s\\n' ${BEGIN}; /usr/bin/env -0 || /usr/bin/env; printf '\\n%s\\n' ${END}`;
const ELVISH = `print "\\n${BEGIN}\\n"; try { /usr/bin/env -0 } catch e { /usr/bin/env }; print "\\n${END}\\n"`;
const RC_OF_ELVISH =
  'for place [(try { put $E:XDG_CONFIG_HOME/elvish/rc.elv } catch e { }) ~/.config/elvish/rc.elv ~/.elvish/rc.elv] { ' +
  'if ?(test -f $place) { try { eval (slurp < $place) } catch e { echo $e >&2; exit 1 }; break } }; ';
const XONSH = `import sys; sys.stdout.write("\\n${BEGIN}\\n" + "\\0".join(k + "=" + v for k, v in \${...}.detype().items()) + "\\n${END}\\n")`;
/** A command is given to no login shell: what one reads beside `.tcshrc`. */
const LOGIN_OF_TCSH = 'if ( -r /etc/csh.login ) source /etc/csh.login; if ( -r ~/.login ) source ~/.login; ';
const POSIX = `printf '\\n%s\\n' ${BEGIN}; /usr/bin/env -0 2>/dev/null || /usr/bin/env; printf '\\n%s\\n' ${END}`;

/** The program and arguments that make a shell tell its environment; undefined where it is not known how. */
export function questionFor(question: ShellQuestion): Argv | undefined {
  const { shell, login, interactive } = question;
  const inOwnWords = own(OTHERS, shellName(shell));
  if (inOwnWords !== undefined || !isKnownShell(shell)) {
    return inOwnWords?.(question);
  }
  // Without job control an interactive bash would only complain.
  const quiet = shellName(shell) === 'bash' && interactive ? ['+m'] : [];
  return [shell, ...quiet, ...(interactive ? ['-i'] : []), ...(login ? ['-l'] : []), '-c', POSIX];
}
