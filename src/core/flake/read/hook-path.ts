/**
 * The folders that a hook surely puts on PATH, in its order: those of `PATH=…` on its outermost level. What stands below a
 * condition, in a function or in a text is no sure thing, and where the hook is not understood nothing after it counts.
 *
 * @param hook Bash, as a shell's `shellHook` has it; it is never run
 */
export function foldersOnPath(hook: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let textUntil: string | undefined;
  for (const line of hook.replace(/\\\n/g, '').split('\n')) {
    const trimmed = line.trim();
    if (textUntil !== undefined) {
      textUntil = trimmed === textUntil ? undefined : textUntil;
      continue;
    }
    if (trimmed === '' || trimmed.startsWith('#')) {
      continue;
    }
    const bare = trimmed.replace(QUOTED, 'x').replace(/\$\{[^{}]*\}|\$\([^()]*\)/g, 'x');
    textUntil = /(?<!<)<<(?!<)-?\s*(?:(['"])(\w+)\1|(\w+))/.exec(trimmed)?.slice(2).find(Boolean);
    if (textUntil === undefined && /["'`(]|\$\{/.test(bare.replace(/\w+\s*\(\)/g, ''))) {
      return found;
    }
    if (depth === 0) {
      for (const command of splitCommands(trimmed)) {
        const value = ASSIGNMENT.exec(command)?.[1];
        if (value !== undefined) {
          assign(found, value);
        }
      }
      if (/^(?:return|exit|exec)\b/.test(bare)) {
        return found;
      }
    }
    depth += count(bare, OPENS) - count(bare, CLOSES);
  }
  return found;
}

const QUOTED = /"(?:\\.|[^"\\])*"|'[^']*'/g;
const ASSIGNMENT = /^(?:export\s+)?PATH=((?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"';&|])*)\s*(?:\s#.*)?$/;
const OPENS = /(?:^|[;&|{!]|\b(?:then|do|else)\b)\s*(?:if|for|while|until|case|select)\b|(?:^|\s)\{(?=\s|$)/g;
const CLOSES = /(?:^|[;&|\s])(?:fi|done|esac)\b|(?:^|[;\s])\}(?=[;\s]|$)/g;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Commands of a line, but not those that depend on another (`&&`). */
function splitCommands(line: string): readonly string[] {
  return (line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^;"'])+/g) ?? []).map((command) => command.trim());
}

/** A value without the old one takes all away that was there before. */
function assign(found: string[], value: string): void {
  const text = value.replace(/["']/g, '');
  if (!/\$\{?PATH\b/.test(text)) {
    found.length = 0;
  }
  found.push(...text.split(':').filter((folder) => folder.startsWith('/')));
}
