import { TO_FRONT } from './init-texts';
import { nvmVersion } from './managers';
import { getText, prependPath, type Scope, setValue } from './scope';
import { isUnknown } from './world';

/**
 * Commands that shell code of version managers brings along, and our own that puts folders in front: says whether it
 * succeeded. Undefined for other commands.
 */
export function runHook(scope: Scope, name: string, args: readonly string[]): boolean | undefined {
  if (name === TO_FRONT) {
    prependPath(scope, ...args);
    return true;
  }
  const nvm = getText(scope, 'NVM_DIR');
  if (name === 'nvm' && nvm !== undefined && scope.world.sources.has(`${nvm}/nvm.sh`)) {
    return args[0] === 'use' ? switchNvm(scope, nvm, args) : true;
  }
  if ((name === 'conda' || name === 'mamba') && args[0] === 'activate') {
    return activateConda(scope, args[1] ?? 'base');
  }
  return undefined;
}

function switchNvm(scope: Scope, folder: string, args: readonly string[]): boolean {
  const word = args.slice(1).find((part) => !part.startsWith('-')) ?? 'default';
  const version = isUnknown(word) ? undefined : nvmVersion(scope, folder, word);
  if (version === undefined) {
    return false;
  }
  const bin = `${folder}/versions/node/${version}/bin`;
  const entries = (getText(scope, 'PATH') ?? '').split(':');
  const at = entries.findIndex((entry) => entry.startsWith(`${folder}/versions/node/`));
  if (at < 0) {
    prependPath(scope, bin);
  } else {
    setValue(scope, 'PATH', entries.map((entry, index) => (index === at ? bin : entry)).join(':'));
  }
  return true;
}

function activateConda(scope: Scope, name: string): boolean | undefined {
  const root = /^(.+)\/bin\/conda$/.exec(getText(scope, 'CONDA_EXE') ?? '')?.[1];
  if (root === undefined || isUnknown(name)) {
    return undefined;
  }
  const prefix = name === 'base' ? root : name.includes('/') ? name : `${root}/envs/${name}`;
  if (!scope.world.host.fs.stat(prefix).ok) {
    return false;
  }
  const before = getText(scope, 'CONDA_PREFIX');
  const entries = (getText(scope, 'PATH') ?? '').split(':').filter((entry) => entry !== `${before}/bin`);
  setValue(scope, 'PATH', [`${prefix}/bin`, ...entries].join(':'));
  setValue(scope, 'CONDA_PREFIX', prefix, true);
  setValue(scope, 'CONDA_DEFAULT_ENV', name, true);
  return true;
}
