import type { Host } from '../host/host';

/** What terminals and shells put into the environment of what they start. */
const TERMINAL_VARIABLES = ['TERM', 'SHLVL', 'TERM_PROGRAM'];

/**
 * What a desktop session puts there: freedesktop.org's sessions and GLib's launcher on Linux, launchd on macOS, which names
 * an application `application.<bundle>.<numbers>`.
 */
const DESKTOP_VARIABLES = [
  'XDG_CURRENT_DESKTOP',
  'DESKTOP_SESSION',
  'GIO_LAUNCHED_DESKTOP_FILE',
  '__CFBundleIdentifier',
];

/**
 * Whose PATH an app should go by that nobody has told: the terminal's where the desktop has started it, since what is
 * launched from there has a short one; else its own, which a terminal, a service or a container has chosen for it. Windows
 * gives every program the same.
 */
export function automaticContext({ os, env }: Pick<Host, 'os' | 'env'>): 'process' | 'interactive' {
  const isSet = (name: string) => (env[name] ?? '') !== '';
  const isFromDesktop = DESKTOP_VARIABLES.some(isSet) || (env['XPC_SERVICE_NAME'] ?? '').startsWith('application.');
  return os !== 'windows' && isFromDesktop && !TERMINAL_VARIABLES.some(isSet) ? 'interactive' : 'process';
}
