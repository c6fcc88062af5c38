import type { Fix } from '../../model/diff';
import type { OperatingSystem } from '../../model/snapshot';
import { quoteText } from './quote';

/** The line that sets a variable in the shell of a system; `undefined` for a name or value that no shell takes. */
export function setVariable(name: string, value: string, os: OperatingSystem): Fix | undefined {
  const text = quoteText(value, os);
  if (text === undefined || !/^[A-Za-z_]\w*$/.test(name)) {
    return undefined;
  }
  const file = os === 'windows' ? 'PowerShell profile' : "shell's start-up file";
  return {
    manager: 'shell',
    command: os === 'windows' ? `$env:${name} = ${text}` : `export ${name}=${text}`,
    title: `Set ${name} in this shell`,
    risk: `Holds until the shell is closed: put the line into your ${file} to keep it.`,
  };
}
