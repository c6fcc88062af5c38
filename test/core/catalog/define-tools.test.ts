import { expect, test } from 'vitest';
import { catalog, type Tool } from '../../../src/core/catalog';
import { defineTools, readTools, writeTools } from '../../../src/core/catalog/define-tools';

/** All that a tool tells. */
function told(tool: Tool) {
  const { id, title, category, programs, programsOn, versioned, nixpkgs, versionScheme, versionFiles, places } = tool;
  const { programText, embedsVersion, versionCommand, packageVersion, packages, vendorPackages } = tool;
  return {
    ...{ id, title, category, programs, programsOn, versioned, nixpkgs, versionScheme, versionFiles, places },
    ...{ programText, embedsVersion, versionCommand, packageVersion, packages, vendorPackages },
  };
}

test('the whole catalog is the same once it was text, as a build has it', () => {
  const read = readTools(writeTools(catalog.tools));
  expect(read.map(told)).toEqual(catalog.tools.map(told));
  expect(writeTools(read)).toBe(writeTools(catalog.tools));
});

test('what a tool leaves out is what is usual', () => {
  const [plain, asked] = defineTools('cloud', [
    { id: 'plain', title: 'Plain' },
    { id: 'asked', title: 'Asked', run: '', flatpak: 'org.a.A', places: { linux: ['/opt/asked'] } },
  ]);
  expect(told(plain!)).toMatchObject({
    category: 'cloud',
    programs: ['plain'],
    versioned: false,
    nixpkgs: ['plain'],
    versionScheme: 'semver',
    versionFiles: [],
    places: {},
    packages: {},
    versionCommand: undefined,
  });
  expect(asked!.versionCommand).toMatchObject({ args: [] });
  expect(asked!.versionCommand!.match.exec('asked v1.2.3-rc.1 (x)')?.[1]).toBe('1.2.3-rc.1');
  expect(asked!.places.linux).toEqual([
    '/opt/asked',
    '/var/lib/flatpak/exports/bin/org.a.A',
    '~/.local/share/flatpak/exports/bin/org.a.A',
  ]);
});
