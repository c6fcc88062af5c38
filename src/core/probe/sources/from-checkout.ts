import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { cleanVersion } from './version-text';

const COMMIT = /^[0-9a-f]{40,64}$/;
/** `refs/tags/v1.2.3`, `refs/tags/1.2.3`. */
const RELEASE_TAG = /^refs\/tags\/(?:release-)?v?(\d+(?:\.\d+)+(?:[-.]?(?:rc|beta|alpha)[.\d]*)?)$/;
/** Homebrew's answer of `git describe --tags --dirty`: the last release, maybe with what came after it. */
const DESCRIBED = /^v?(\d+(?:\.\d+)+)(?:-\d+-g[0-9a-f]+)?(?:-dirty)?$/;
const REFS_LIMIT = 4 * 1024 * 1024;

/**
 * The release whose tag the git checkout has out that the program lies in, as with Homebrew, pyenv or nvm. From git's own
 * files (gitrepository-layout(5)); the checkout must be of a repository that is called as the tool.
 */
export function fromCheckout({ subject, tool }: Copy, context: ProbeContext): Answer {
  const { paths } = context;
  let folder = paths.dirname(subject);
  for (let level = 0; level < 3; level++) {
    const git = paths.join(folder, '.git');
    const head = headOf(git, context);
    if (head !== undefined) {
      return isOwnRepository(git, [tool.id, ...tool.programs], context) ? releaseAt(git, head, context) : ABSENT;
    }
    folder = paths.dirname(folder);
  }
  return ABSENT;
}

/** The commit that is checked out. */
function headOf(git: string, context: ProbeContext): string | undefined {
  const head = lineOf(context.paths.join(git, 'HEAD'), context);
  const branch = /^ref: (refs\/heads\/\S+)$/.exec(head ?? '')?.[1];
  if (branch === undefined) {
    return head !== undefined && COMMIT.test(head) ? head : undefined;
  }
  const loose = lineOf(context.paths.join(git, ...branch.split('/')), context);
  if (loose !== undefined && COMMIT.test(loose)) {
    return loose;
  }
  return packedRefs(git, context).find(({ name }) => name === branch)?.commit;
}

function isOwnRepository(git: string, names: readonly string[], context: ProbeContext): boolean {
  const config = context.readText(context.paths.join(git, 'config'));
  const url = config.ok ? /^\s*url\s*=\s*(\S+?)(?:\.git)?\/?\s*$/m.exec(config.value)?.[1] : undefined;
  return url !== undefined && names.includes(url.replace(/^.*[/:]/, '').toLowerCase());
}

function releaseAt(git: string, head: string, context: ProbeContext): Answer {
  const { paths } = context;
  const described = paths.join(git, 'describe-cache', head);
  const text = lineOf(described, context);
  const told = cleanVersion(DESCRIBED.exec(text ?? '')?.[1]);
  if (told !== undefined) {
    return found(told, 'file', described, text);
  }
  for (const { name, commit } of packedRefs(git, context)) {
    const version = commit === head ? cleanVersion(RELEASE_TAG.exec(name)?.[1]) : undefined;
    if (version !== undefined) {
      return found(version, 'file', paths.join(git, 'packed-refs'), name);
    }
  }
  const tags = paths.join(git, 'refs', 'tags');
  const listed = context.readDir(tags);
  for (const { name } of listed.ok ? listed.value.slice(0, MAX_LOOSE) : []) {
    const version = cleanVersion(RELEASE_TAG.exec(`refs/tags/${name}`)?.[1]);
    if (version !== undefined && lineOf(paths.join(tags, name), context) === head) {
      return found(version, 'file', paths.join(tags, name), name);
    }
  }
  return ABSENT;
}

/** Tags that git has not packed yet: a clone packs what it fetched. */
const MAX_LOOSE = 200;

/** `packed-refs`: a line for each name; below an annotated tag the commit that it stands for, after a `^`. */
function packedRefs(git: string, context: ProbeContext): readonly { readonly name: string; readonly commit: string }[] {
  const text = context.readText(context.paths.join(git, 'packed-refs'), REFS_LIMIT);
  const refs: { readonly name: string; readonly commit: string }[] = [];
  for (const line of text.ok ? text.value.split('\n') : []) {
    const [id = '', name] = line.split(' ');
    const last = refs.at(-1);
    if (id.startsWith('^') && last !== undefined) {
      refs[refs.length - 1] = { name: last.name, commit: id.slice(1) };
    } else if (name !== undefined && COMMIT.test(id)) {
      refs.push({ name, commit: id });
    }
  }
  return refs;
}

function lineOf(path: string, context: ProbeContext): string | undefined {
  const text = context.readText(path);
  return text.ok ? text.value.trim() : undefined;
}
