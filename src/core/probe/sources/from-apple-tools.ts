import { ABSENT, type Answer, found } from '../answer';
import type { ProbeContext } from '../context';
import type { Copy } from '../copy';
import { byNumbers } from '../shims/env-family';
import { readPlistKey } from './plist';

/** The folder of the command line tools, or Xcode's developer folder, that a program lies in. */
const DEVELOPER = /^(.*?\/(?:CommandLineTools|Xcode[^/]*\.app\/Contents\/Developer))\//;
/** Where Apple's installer keeps the receipts of what is Apple's: since macOS 10.15, and before. */
const RECEIPTS = ['/Library/Apple/System/Library/Receipts', '/private/var/db/receipts'] as const;
const MACOS_SDKS = ['SDKs/MacOSX.sdk', 'Platforms/MacOSX.platform/Developer/SDKs/MacOSX.sdk'] as const;
/** A module's interface begins with the compiler that wrote it: far less than the megabytes of the standard library's. */
const INTERFACE_HEAD = 4096;

/**
 * What files tell of Apple's developer tools: the receipt of the command line tools, the folder of Clang's own headers
 * (clang.llvm.org, "Clang Compiler User's Manual", `-resource-dir`), the compiler that wrote the interface of Swift's
 * standard library in the SDK beside it (swift.org, "Library Evolution", module interfaces). The last two tell less than the
 * programs do, so they only count where nothing may be run.
 */
export function fromAppleTools(copy: Copy, context: ProbeContext): Answer {
  const { host } = context;
  const folder = host.os === 'darwin' ? DEVELOPER.exec(copy.subject)?.[1] : undefined;
  if (folder === undefined) {
    return ABSENT;
  }
  switch (copy.tool.id) {
    case 'command-line-tools':
      return fromAppleReceipt('com.apple.pkg.CLTools_Executables', context);
    case 'clang':
    case 'clangd':
      return fromClangHeaders(copy, context);
    case 'swift':
      return host.run === undefined ? fromSwiftInterface(folder, context) : ABSENT;
    default:
      return ABSENT;
  }
}

/** `16.4.0.0.1.1747106510` is of the tools 16.4. */
function fromAppleReceipt(name: string, { host }: ProbeContext): Answer {
  for (const folder of RECEIPTS) {
    const path = `${folder}/${name}.plist`;
    const told = readPlistKey(host.fs, path, 'PackageVersion');
    const version = /^\d+\.\d+(?:\.[1-9]\d*)?(?![\d])/.exec(told ?? '')?.[0];
    if (version !== undefined) {
      return found(version, 'package-database', path, `${name} ${told}`);
    }
  }
  return ABSENT;
}

/** `lib/clang/14.0.3`; since Apple's Clang 16 the folder is named after the first number alone. */
function fromClangHeaders({ subject }: Copy, { host, paths, readDir }: ProbeContext): Answer {
  const folder = paths.join(paths.dirname(paths.dirname(subject)), 'lib', 'clang');
  const listed = readDir(folder);
  const names = (listed.ok ? listed.value.map(({ name }) => name) : []).filter((name) => /^\d+(?:\.\d+)*$/.test(name));
  const name = names.sort(byNumbers).at(-1);
  if (name === undefined || (!name.includes('.') && host.run !== undefined)) {
    return ABSENT;
  }
  return found(
    name,
    'file',
    paths.join(folder, name),
    name.includes('.') ? name : `${name}, of which no file tells more`,
  );
}

function fromSwiftInterface(developer: string, { readText }: ProbeContext): Answer {
  for (const sdk of MACOS_SDKS) {
    for (const architecture of ['arm64e', 'x86_64']) {
      const path = `${developer}/${sdk}/usr/lib/swift/Swift.swiftmodule/${architecture}-apple-macos.swiftinterface`;
      const text = readText(path, INTERFACE_HEAD);
      const told = text.ok
        ? /^\/\/ swift-compiler-version: Apple (Swift version (\d+(?:\.\d+)+).*)$/m.exec(text.value)
        : null;
      if (told !== null) {
        return found(told[2]!, 'file', path, told[1]);
      }
    }
  }
  return ABSENT;
}
