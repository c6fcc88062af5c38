import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import type { Host } from '../../../src/core/host/host';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { probeMachine } from '../../../src/core/probe';
import { exec, machine, probe } from './machine';

const TOOLS = '/Library/Developer/CommandLineTools';
const XCODE = '/Applications/Xcode.app/Contents/Developer';

const swiftInterface = (version: string) =>
  `// swift-interface-format-version: 1.0\n// swift-compiler-version: Apple Swift version ${version} effective-5.10 (swiftlang-${version}.0.1 clang-1700.0.13.3)\n`;

function receipt(version: string): RecordedEntry {
  return `<plist version="1.0"><dict><key>PackageVersion</key>\n\t<string>${version}</string></dict></plist>`;
}

async function versionsOf(host: Host): Promise<readonly string[]> {
  const { installations } = await probe(host);
  return installations.map(({ tool, version, path }) => `${tool} ${version ?? '?'} ${path}`);
}

const newer: Readonly<Record<string, RecordedEntry>> = {
  [`${TOOLS}/usr/bin/xcrun`]: exec,
  [`${TOOLS}/usr/bin/clang`]: exec,
  [`${TOOLS}/usr/bin/swift`]: exec,
  [`${TOOLS}/usr/lib/clang/17/include/stddef.h`]: '',
  [`${TOOLS}/SDKs/MacOSX15.5.sdk/usr/lib/swift/Swift.swiftmodule/arm64e-apple-macos.swiftinterface`]:
    swiftInterface('6.1.2'),
  [`${TOOLS}/SDKs/MacOSX.sdk`]: { link: 'MacOSX15.5.sdk' },
  '/Library/Apple/System/Library/Receipts/com.apple.pkg.CLTools_Executables.plist': receipt('16.4.0.0.1.1747106510'),
};

test('where nothing may be run, files tell the versions of the command line tools, as far as they do', async () => {
  const host = machine(newer, { os: 'darwin' });
  expect(await versionsOf(host)).toEqual([
    `clang 17 ${TOOLS}/usr/bin/clang`,
    `command-line-tools 16.4 ${TOOLS}/usr/bin/xcrun`,
    `swift 6.1.2 ${TOOLS}/usr/bin/swift`,
  ]);
  const { installations } = await probe(host);
  expect(installations[0]?.evidence).toMatchObject([
    { source: `${TOOLS}/usr/lib/clang/17`, detail: '17, of which no file tells more' },
  ]);
});

test('where programs may be asked, what tells less than they do is passed over', async () => {
  const host = { ...machine(newer, { os: 'darwin' }), run: () => new Promise<never>(() => {}) };
  const { copies } = await probeMachine({ host, catalog, clock: () => 0, run: false });
  expect(copies.map(({ copy, version }) => `${copy.tool.id} ${version ?? '?'}`).sort()).toEqual([
    'clang ?',
    'command-line-tools 16.4',
    'swift ?',
  ]);
});

test("folders of Xcode's Clang with all numbers count in any case", async () => {
  const toolchain = `${XCODE}/Toolchains/XcodeDefault.xctoolchain/usr`;
  const sdk = `${XCODE}/Platforms/MacOSX.platform/Developer/SDKs/MacOSX.sdk`;
  const files = {
    [`${toolchain}/bin/clang`]: exec,
    [`${toolchain}/bin/swift`]: exec,
    '/Applications/Xcode.app/Contents/Info.plist':
      '<plist><dict><key>CFBundleShortVersionString</key><string>14.3</string></dict></plist>',
    [`${toolchain}/lib/clang/14.0.3/include/stddef.h`]: '',
    [`${sdk}/usr/lib/swift/Swift.swiftmodule/x86_64-apple-macos.swiftinterface`]: swiftInterface('5.8'),
  };
  expect(await versionsOf(machine(files, { os: 'darwin' }))).toEqual([
    `clang 14.0.3 ${toolchain}/bin/clang`,
    `swift 5.8 ${toolchain}/bin/swift`,
    'xcode 14.3 /Applications/Xcode.app',
  ]);
});
