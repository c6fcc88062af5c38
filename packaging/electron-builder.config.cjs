/**
 * What is in the installable app, and how it is closed: electron-builder's configuration.
 * Fuses: https://www.electronjs.org/docs/latest/tutorial/fuses
 *
 * @type {import('electron-builder').Configuration}
 */
module.exports = {
  appId: 'dev.lockstep.app',
  productName: 'Lockstep',
  copyright: 'Copyright (c) 2026 Lockstep contributors',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  // Everything is bundled into out/: there are no dependencies to collect, and nothing to rebuild.
  npmRebuild: false,
  files: [
    'package.json',
    'LICENSE',
    'NOTICE',
    'out/{main,preload,renderer}/**',
    'resources/icons/lockstep.png',
    'resources/licenses/**',
    'resources/nixpkgs-index/**',
    'examples/python-service/**',
    '!node_modules/**',
  ],
  asar: true,
  // A folder that is audited and watched must be one of the real file system.
  asarUnpack: ['examples/**'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  publish: null,
  linux: {
    target: ['AppImage', 'deb', 'tar.gz'],
    category: 'Development',
    executableName: 'lockstep-desktop',
    icon: 'resources/icons/lockstep.png',
    maintainer: 'Lockstep contributors',
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.developer-tools',
    icon: 'resources/icons/lockstep.png',
  },
  win: { target: ['nsis', 'zip'], icon: 'resources/icons/lockstep.png' },
};
