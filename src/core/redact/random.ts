/**
 * Runs that may be random text: long, of one word's characters. Slashes belong to base64, and to paths. What is longer
 * is looked at in pieces: the host's regular expressions have no stack for texts of megabytes.
 */
const RUN = /[A-Za-z0-9+/_~-]{20,4096}={0,2}/g;

/** What stands before a hash that everybody may know: subresource integrity, Go's and SSH's checksums, digests. */
const HASH_BEFORE = /(?:sha(?:1|224|256|384|512)|md5|blake\w*|h1|xxh\w*)(?:[-:=]|\s?=\s?["'])$/i;

/** Identifiers of machines and accounts: UUIDs (RFC 9562), and the same without dashes as machine-id(5) has them. */
const IDENTIFIER =
  /(?<![0-9A-Za-z]|\b[0-9a-f]{4,12}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z]|-[0-9a-f])|(?<!md5[:-]|\/store\/)(?<![0-9A-Za-z])[0-9a-f]{32}(?![0-9A-Za-z])/gi;

/** A UUID of nobody: all zeros or all ones. */
const EMPTY_IDENTIFIER = /^[0f-]+$/i;

/** What every random run has, and most texts have not: two cases, or a long word of letters and digits. */
const CANDIDATE = /[A-Z]|[a-z0-9]{28}/;

/** Replaces what looks random: text that no person wrote and no naming scheme makes. */
export function replaceRandom(text: string, replacement: (found: string) => string): string {
  if (text.length < 20 || !CANDIDATE.test(text)) {
    return text;
  }
  return text.replace(RUN, (run, at: number) =>
    isKnownHash(text.slice(Math.max(0, at - 12), at), run)
      ? run
      : run.includes('/')
        ? replaceInPath(run, replacement)
        : replaceInWord(run, replacement),
  );
}

/** The whole of a run, or what is long enough between its dashes. */
function replaceInWord(run: string, replacement: (found: string) => string): string {
  return run.length < 18
    ? run
    : isRandom(run) || isLogin(run)
      ? replacement(run)
      : run.length < 28 || !/[_~-]/.test(run)
        ? run
        : run.replace(/[^_~-]{28,}/g, (word) => (isRandom(word) || isLogin(word) ? replacement(word) : word));
}

/** Replaces identifiers of machines. */
export function replaceIdentifiers(text: string, replacement: (found: string) => string): string {
  return text.length < 32
    ? text
    : text.replace(IDENTIFIER, (found) => (EMPTY_IDENTIFIER.test(found) ? found : replacement(found)));
}

/** A checksum that says so, or the public key of a cache of Nix, which has half of the length of a private one. */
function isKnownHash(before: string, run: string): boolean {
  return (
    HASH_BEFORE.test(before) ||
    /^sha(?:1|224|256|384|512)-/.test(run) ||
    (/[\w.]-\d+:$/.test(before) && /^[^=]{43}=$/.test(run))
  );
}

/** Base64 with slashes as a whole, or the names of a path one by one. */
function replaceInPath(run: string, replacement: (found: string) => string): string {
  const names = run.split('/');
  // A name of one case, such as a folder's or a revision's, is in no random text.
  const isOneWord =
    !run.startsWith('/') && names.every((name) => name.length < 8 || /[A-Z].*[a-z]|[a-z].*[A-Z]/.test(name));
  if (run.length >= 32 && isOneWord && isRandom(run.replace(/\//g, ''))) {
    return replacement(run);
  }
  const isPart = names.map((name) => name.length >= 18 && isRandom(name));
  // Text with slashes in it, of which one part by itself shows what it is.
  for (const at of [...names.keys(), ...[...names.keys()].reverse()]) {
    isPart[at] ||= (isPart[at - 1] === true || isPart[at + 1] === true) && isMixed(names[at]!);
  }
  return names
    .map((name, at) => (isPart[at] === true ? replacement(name) : replaceInWord(name, replacement)))
    .join('/');
}

function isMixed(name: string): boolean {
  return /[A-Z]/.test(name) && /[a-z]/.test(name) && /[\d+]/.test(name);
}

/**
 * Whether letters of both cases and digits change places as they do in random text. In names they come in groups
 * (`Microsoft.VisualStudio2022Community`); hashes of Nix and git have one case only.
 */
function isRandom(run: string): boolean {
  const text = run.replace(/[=+/_~-]/g, '');
  const [upper, lower, digits] = [/[A-Z]/g, /[a-z]/g, /\d/g].map((kind) => text.match(kind)?.length ?? 0) as [
    number,
    number,
    number,
  ];
  const isOfBothCases = text.length >= 18 && upper >= 3 && lower >= 3 && (digits >= 2 || text.length >= 24);
  // In one case with digits: not the hashes that everybody has, which are hexadecimal, or in Nix's base 32.
  const isPlain =
    text.length >= 28 && text === run && !/^[0-9a-f]+(?:alt\d)?$/i.test(text) && !/^[0-9a-df-np-sv-z]+$/.test(text);
  if (!isOfBothCases && !(isPlain && digits >= 4 && upper + lower >= 4)) {
    return false;
  }
  let changes = 0;
  for (let at = 1; at < text.length; at++) {
    changes += kindOf(text.charCodeAt(at)) === kindOf(text.charCodeAt(at - 1)) ? 0 : 1;
  }
  // Words put together change at each word, some three times in ten; nearly all random text has digits, too.
  const usual = isOfBothCases ? (digits >= 2 ? 0.38 : 0.48) : 0.15;
  return changes / (text.length - 1) >= usual && new Set(text).size >= 12;
}

/** Whether a run is a name and a password in base64, as `Basic` and Docker's settings have them. */
function isLogin(run: string): boolean {
  if (!/^[A-Za-z0-9+/]{20,400}={0,2}$/.test(run) || !/[a-z]/.test(run) || !/[A-Z]/.test(run)) {
    return false;
  }
  return /^[\w.@+-]{1,64}:[\x21-\x7e]{3,}$/.test(decodeBase64(run));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64 as characters; what is over at the end is left out. */
function decodeBase64(text: string): string {
  let decoded = '';
  let bits = 0;
  let held = 0;
  for (const character of text.replace(/=+$/, '')) {
    held = ((held << 6) | BASE64.indexOf(character)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      decoded += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return decoded;
}

function kindOf(code: number): number {
  return code < 58 ? 0 : code < 91 ? 1 : 2;
}
