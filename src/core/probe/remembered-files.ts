import type { FsResult, HostFileSystem } from '../host/host';

/** What most sources look at: the headers of a program, the first lines of a script. */
const HEAD = 4096;

/**
 * Files that are asked once: folders, what lies at a path, where links lead, and how files begin. A dozen sources ask the
 * same of one program, and hundreds of places begin with the same folders.
 *
 * @returns the same files; their memory lives as long as they are used
 */
export function rememberFiles(fs: HostFileSystem): HostFileSystem {
  const readHead = once((path) => fs.readFile(path, HEAD));
  return {
    ...fs,
    readDir: once((path) => fs.readDir(path)),
    stat: once((path) => fs.stat(path)),
    realPath: once((path) => fs.realPath(path)),
    readFile(path, limit, offset = 0): FsResult<Uint8Array> {
      const head = offset === 0 ? readHead(path) : undefined;
      // Of a short file that is all.
      return head === undefined || (head.ok && head.value.length === HEAD && limit > HEAD)
        ? fs.readFile(path, limit, offset)
        : head.ok && head.value.length > limit
          ? { ok: true, value: head.value.subarray(0, limit) }
          : head;
    },
  };
}

/** A question about paths that is asked once for each. */
export function once<T extends object | string>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, T>();
  return (path) => {
    const known = answers.get(path);
    if (known !== undefined) {
      return known;
    }
    const answer = ask(path);
    answers.set(path, answer);
    return answer;
  };
}
