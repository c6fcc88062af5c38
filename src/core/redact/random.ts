/** Runs that may be random text: long, of one word's characters. Slashes belong to base64, and to paths. */
const RUN = /[A-Za-z0-9+/_~-]{20,}={0,2}/g;

/** What stands before a hash that everybody may know: subresource integrity, Go's and SSH's checksums, digests. */
const HASH_BEFORE = /(?:sha(?:1|224|256|384|512)|md5|blake\w*|h1|xxh\w*)[-:=]$/i;

/** Identifiers of machines and accounts: UUIDs (RFC 9562), and the same without dashes as machine-id(5) has them. */
const IDENTIFIER =
  /(?<![0-9A-Za-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9A-Za-z-])|(?<!md5:)(?<![0-9A-Za-z-])[0-9a-f]{32}(?![0-9A-Za-z-])/gi;

/** A UUID of nobody: all zeros or all ones. */
const EMPTY_IDENTIFIER = /^[0f-]+$/i;

/** What every random run has, and most texts have not: two cases, or a long word of letters and digits. */
const CANDIDATE = /[A-Z]|[a-z0-9]{32}/;

/** Replaces what looks random: text that no person wrote and no naming scheme makes. */
export function replaceRandom(text: string, replacement: (found: string) => string): string {
  if (text.length < 20 || !CANDIDATE.test(text)) {
    return text;
  }
  return text.replace(RUN, (run, at: number) =>
    HASH_BEFORE.test(text.slice(Math.max(0, at - 10), at)) || startsWithHash(run)
      ? run
      : run.includes('/')
        ? replaceInPath(run, replacement)
        : isRandom(run)
          ? replacement(run)
          : run,
  );
}

/** Replaces identifiers of machines. */
export function replaceIdentifiers(text: string, replacement: (found: string) => string): string {
  return text.length < 32
    ? text
    : text.replace(IDENTIFIER, (found) => (EMPTY_IDENTIFIER.test(found) ? found : replacement(found)));
}

function startsWithHash(run: string): boolean {
  return /^sha(?:1|224|256|384|512)-/.test(run);
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
  return names.map((name) => (name.length >= 18 && isRandom(name) ? replacement(name) : name)).join('/');
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
  const isMixed = text.length >= 18 && upper >= 3 && lower >= 3 && digits >= 2;
  // In one case with digits: not the hashes that everybody has, which are hexadecimal, or in Nix's base 32.
  const isPlain =
    text.length >= 32 && text === run && !/^[0-9a-f]+(?:alt\d)?$/i.test(text) && !/^[0-9a-df-np-sv-z]+$/.test(text);
  if (!isMixed && !(isPlain && digits >= 4 && upper + lower >= 4)) {
    return false;
  }
  let changes = 0;
  for (let at = 1; at < text.length; at++) {
    changes += kindOf(text.charCodeAt(at)) === kindOf(text.charCodeAt(at - 1)) ? 0 : 1;
  }
  return changes / (text.length - 1) >= 0.38 && new Set(text).size >= 12;
}

function kindOf(code: number): number {
  return code < 58 ? 0 : code < 91 ? 1 : 2;
}
