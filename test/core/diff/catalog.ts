import { createCatalog } from '../../../src/core/catalog';
import { defineTools } from '../../../src/core/catalog/define-tools';

/** A small catalog, so that these tests say what they rely on. */
export const catalog = createCatalog([
  ...defineTools('languages', [
    {
      id: 'node',
      title: 'Node.js',
      nixpkgs: ['nodejs#', 'nodejs_latest'],
      packages: { apt: 'nodejs', dnf: 'nodejs', brew: 'node', mise: 'node', asdf: 'nodejs', winget: 'OpenJS.NodeJS' },
    },
    {
      id: 'python',
      title: 'Python',
      programs: ['python3', 'python'],
      nixpkgs: ['python#', 'python3'],
      scheme: 'pep440',
      packages: { apt: 'python3', brew: 'python', mise: 'python' },
    },
    { id: 'java', title: 'Java', nixpkgs: ['jdk#', 'openjdk#'], scheme: 'jdk', packages: { apt: 'default-jdk' } },
  ]),
  ...defineTools('package-managers', [
    { id: 'npm', title: 'npm' },
    { id: 'uv', title: 'uv' },
  ]),
  ...defineTools('version-managers', [
    { id: 'nvm', title: 'nvm' },
    { id: 'pyenv', title: 'pyenv' },
    { id: 'asdf', title: 'asdf' },
  ]),
  ...defineTools('quality', [{ id: 'ruff', title: 'Ruff', packages: { pip: 'ruff' } }]),
  ...defineTools('databases', [
    {
      id: 'postgres',
      title: 'PostgreSQL',
      nixpkgs: ['postgresql#'],
      packages: { apt: 'postgresql-# postgresql' },
    },
    { id: 'psql', title: 'psql', nixpkgs: ['libpq'], packages: { apt: 'postgresql-client' } },
  ]),
  ...defineTools('nix', [{ id: 'nix', title: 'Nix' }]),
  ...defineTools('shells', [{ id: 'bash', title: 'Bash', nixpkgs: ['bash', 'bashInteractive'], scheme: 'loose' }]),
  ...defineTools('terminal', [
    { id: 'apt', title: 'APT' },
    { id: 'brew', title: 'Homebrew' },
  ]),
]);
