import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { actions } from '../../../src/core/pins/read/ci/github-actions-catalog';
import { versionFiles } from '../../../src/core/pins/read/files/version-files';
import { namespacedImages, officialImages } from '../../../src/core/pins/read/images/image-catalog';
import { toolId, toolTitle } from '../../../src/core/pins/tool-names';

describe('names of tools', () => {
  it.each([
    ['nodejs', 'node'],
    ['Golang', 'go'],
    ['core:node', 'node'],
    ['npm:prettier', 'prettier'],
    ['aqua:hashicorp/terraform', 'terraform'],
    ['python311', 'python'],
    ['nodejs_20', 'node'],
    ['postgresql', 'postgres'],
    ['rust', 'rustc'],
    ['dotnet-core', 'dotnet'],
    ['protobuf', 'protoc'],
    ['jruby', 'jruby'],
    ['Nobody-Knows', 'nobody-knows'],
  ])('%s is %s', (name, id) => {
    expect(toolId(name)).toBe(id);
  });

  it('are the same for pins and for what a flake gives', () => {
    for (const attribute of [
      'nodejs_20',
      'python311',
      'go_1_22',
      'rustc',
      'ruby_3_3',
      'jdk17',
      'postgresql_16',
      'terraform',
    ]) {
      expect(toolId(attribute)).toBe(catalog.findByAttribute(attribute)?.id);
    }
  });

  it('lead to the catalog wherever an image, an action or a version file names a tool', () => {
    const images = [...Object.values(officialImages), ...Object.values(namespacedImages)].flatMap((image) =>
      Object.keys(image),
    );
    const set = Object.values(actions)
      .flat()
      .map(({ tool }) => tool);
    const files = Object.values(versionFiles).map(({ tool }) => tool);
    const unknown = [...new Set([...images, ...set, ...files])].filter(
      (name) => catalog.findById(toolId(name)) === undefined,
    );
    expect(unknown.sort()).toEqual([]);
  });

  it('have titles', () => {
    expect(toolTitle('node')).toBe('Node.js');
    expect(toolTitle('jruby')).toBe('JRuby');
    expect(toolTitle('no-such-tool')).toBe('no-such-tool');
  });
});
