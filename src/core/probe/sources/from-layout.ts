import { ABSENT, type Answer, found } from '../answer';
import type { Copy } from '../copy';
import { isPackageOf } from '../layout';
import { cleanVersion } from './version-text';

/** The version that the place itself shows: `/nix/store/…-nodejs-20.1.0/`, `~/.nvm/versions/node/v20.1.0/`. */
export function fromLayout({ tool, layout, subject, shim }: Copy): Answer {
  // Some snaps are called by a revision: their files know better.
  if (shim?.version !== undefined && (shim.leadsTo === undefined || /^\d+\./.test(shim.version))) {
    return found(shim.version, 'file', shim.source, shim.detail);
  }
  const version = cleanVersion(layout?.version);
  if (layout?.package === undefined || version === undefined || !isPackageOf(tool, layout.package)) {
    return ABSENT;
  }
  return found(version, 'path', subject);
}
