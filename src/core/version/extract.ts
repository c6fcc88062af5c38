/** Versions stand near the start of what a program tells; the rest is not looked at. */
const SEARCHED = 4096;

/** `go1.21.0`, `aws-cli/2.13.0`, `OpenSSH_9.2p1`, `v20.11.1`, `2.39.2`: not inside of a word or a path. */
const CANDIDATE =
  /(?<![\w.+/-])(?:[A-Za-z][A-Za-z0-9+-]*[_/-])?(?:v|V|go|r|n|R)?(\d+(?:\.\d+)+(?:[A-Za-z0-9]*)(?:[_+~-][0-9A-Za-z][0-9A-Za-z.+_~-]*)?)/g;

/** `systemd 252 (252.22-1~deb12u1)`, `less 590 (GNU regular expressions)`. */
const LONE_FIRST = /^[\w-]+ (\d{1,6}) \(/m;

/** `Erlang/OTP 25`, `version 9`: a lone number after a word. */
const LONE = /(?<![\w.])(?:version |[A-Za-z][\w+-]* |OTP )v?(\d{1,6})(?![\w.:/-])/;

/**
 * Finds the version in what a program tells of itself.
 *
 * @param text output of `--version` and its like; only the beginning is read
 * @returns the version as written, without a leading `v` or the name of the program; `undefined` when there is none
 */
export function extractVersion(text: string): string | undefined {
  const start = text.slice(0, SEARCHED);
  const quoted = /version "(\d[\w.+-]*)"/.exec(start)?.[1];
  if (quoted !== undefined) {
    return quoted;
  }
  const outside = withoutParentheses(start);
  return candidate(outside) ?? LONE_FIRST.exec(start)?.[1] ?? candidate(start) ?? LONE.exec(outside)?.[1];
}

/** The first version in a text; a day of release only where there is nothing else. */
function candidate(text: string): string | undefined {
  let date: string | undefined;
  for (const match of text.matchAll(CANDIDATE)) {
    const version = trimmed(match[1] as string);
    if (!isDate(version)) {
      return version;
    }
    date ??= version;
  }
  return date;
}

/** What stands in parentheses is about the build (`gcc (Debian 12.2.0-14) 12.2.0`); a version only there still counts. */
function withoutParentheses(text: string): string {
  return text.replace(/\([^()\n]*\)/g, ' ');
}

/** Drops what a sentence or a build adds: `5.2.15(1)-release` is cut before, `1.2.3-release`, `2.0.`. */
function trimmed(version: string): string {
  return version
    .replace(/[.+_~-]+$/, '')
    .replace(/[-+](?:release|stable|final|linux|darwin|x86_64|amd64|arm64|aarch64)(?![0-9]).*$/i, '')
    .replace(/-\d+(?:ubuntu|\+deb|\+b|~deb|build)[\w.+~-]*$/, '');
}

function isDate(text: string): boolean {
  return /^(?:19|20)\d\d\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])$/.test(text) && text.length === 10;
}
