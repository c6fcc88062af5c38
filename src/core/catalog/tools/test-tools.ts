import { defineTools } from '../define-tools';

/** What tests and checks code, by the package managers of its language. */
export const testTools = defineTools('quality', [
  {
    id: 'vitest',
    title: 'Vitest',
    nixpkgs: [],
    run: '--version',
    packages: { npm: 'vitest' },
  },
  {
    id: 'jest',
    title: 'Jest',
    nixpkgs: ['nodePackages.jest'],
    run: '--version',
    packages: { npm: 'jest' },
  },
  {
    id: 'cypress',
    title: 'Cypress',
    packages: { npm: 'cypress' },
  },
  {
    id: 'stylelint',
    title: 'Stylelint',
    run: '--version',
    packages: { npm: 'stylelint' },
  },
  {
    id: 'bandit',
    title: 'Bandit',
    run: '--version',
    packages: { pip: 'bandit' },
  },
  {
    id: 'commitlint',
    title: 'commitlint',
    run: '--version',
    packages: { npm: '@commitlint/cli' },
  },
  {
    id: 'dprint',
    title: 'dprint',
    run: '--version',
    packages: { brew: 'dprint', cargo: 'dprint', npm: 'dprint' },
  },
  {
    id: 'ty',
    title: 'ty',
    run: '--version',
    packages: { pip: 'ty' },
  },
  {
    id: 'pyrefly',
    title: 'Pyrefly',
    run: '--version',
    packages: { pip: 'pyrefly' },
  },
  {
    id: 'codespell',
    title: 'codespell',
    run: '--version',
    packages: { apt: 'codespell', pip: 'codespell', brew: 'codespell' },
  },
  {
    id: 'cspell',
    title: 'CSpell',
    nixpkgs: ['cspell', 'nodePackages.cspell'],
    run: '--version',
    packages: { npm: 'cspell' },
  },
  {
    id: 'phpstan',
    title: 'PHPStan',
    nixpkgs: [],
    run: '--version',
    packages: { brew: 'phpstan' },
  },
  {
    id: 'phpunit',
    title: 'PHPUnit',
    run: '--version',
    packages: { brew: 'phpunit' },
  },
  {
    id: 'sonar-scanner',
    title: 'SonarScanner',
    nixpkgs: ['sonar-scanner-cli'],
    packages: { brew: 'sonar-scanner' },
  },
  {
    id: 'hypothesis',
    title: 'Hypothesis',
    nixpkgs: [],
    run: '--version',
    packages: { pip: 'hypothesis' },
  },
  {
    id: 'coverage',
    title: 'Coverage.py',
    nixpkgs: ['python3Packages.coverage'],
    run: '--version',
    packages: { pip: 'coverage' },
  },
  {
    id: 'ipython',
    title: 'IPython',
    programs: ['ipython', 'ipython3'],
    nixpkgs: ['python3Packages.ipython'],
    run: '--version',
    packages: { pip: 'ipython', apt: 'ipython3', brew: 'ipython' },
  },
]);
