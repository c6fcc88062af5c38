import { defineTools } from '../define-tools';

/** What front ends and services in JavaScript are made with. */
export const webTools = defineTools('build', [
  {
    id: 'webpack',
    // Asked for its version, it starts some sixty programs to tell of the machine.
    title: 'webpack',
    programs: ['webpack', 'webpack-cli'],
    nixpkgs: ['nodePackages.webpack-cli', 'webpack-cli'],
    packages: { npm: 'webpack-cli' },
  },
  {
    id: 'gulp',
    title: 'gulp',
    nixpkgs: ['nodePackages.gulp-cli'],
    run: '--version',
    // The package `gulp` is what projects have; its command is that of `gulp-cli`.
    files: ['../../gulp-cli', '../node_modules/gulp-cli'].map((folder) => ({
      file: `${folder}/package.json`,
      key: 'version',
    })),
    packageVersion: /^(?!.)(.)/,
    packages: { npm: 'gulp-cli' },
  },
  {
    id: 'grunt',
    title: 'Grunt',
    nixpkgs: ['nodePackages.grunt-cli'],
    run: '--version',
    packages: { npm: 'grunt-cli', apt: 'node-grunt-cli grunt' },
  },
  { id: 'angular', title: 'Angular CLI', programs: ['ng'], nixpkgs: [], packages: { npm: '@angular/cli' } },
  {
    id: 'hexo',
    title: 'Hexo',
    nixpkgs: ['hexo-cli', 'nodePackages.hexo-cli'],
    packages: { brew: 'hexo', npm: 'hexo-cli' },
  },
  { id: 'vue', title: 'Vue CLI', nixpkgs: [], packages: { npm: '@vue/cli' } },
  { id: 'nest', title: 'Nest CLI', nixpkgs: ['nest-cli'], packages: { npm: '@nestjs/cli' } },
  {
    id: 'sass',
    title: 'Dart Sass',
    nixpkgs: ['dart-sass'],
    packages: { npm: 'sass sass-embedded', brew: 'sass', choco: 'sass', scoop: 'sass' },
  },
  {
    id: 'tailwindcss',
    title: 'Tailwind CSS',
    nixpkgs: ['tailwindcss', 'tailwindcss_#'],
    packages: { npm: '@tailwindcss/cli tailwindcss', brew: 'tailwindcss' },
  },
  { id: 'svgo', title: 'SVGO', packages: { npm: 'svgo', brew: 'svgo' } },
  { id: 'swc', title: 'SWC', packages: { npm: '@swc/cli' } },
  { id: 'rush', title: 'Rush', nixpkgs: [], packages: { npm: '@microsoft/rush' } },
  { id: 'zx', title: 'zx', packages: { npm: 'zx', brew: 'zx' } },
  {
    id: 'npm-check-updates',
    title: 'npm-check-updates',
    programs: ['npm-check-updates', 'ncu'],
    packages: { npm: 'npm-check-updates', brew: 'npm-check-updates' },
  },
  { id: 'semantic-release', title: 'semantic-release', packages: { npm: 'semantic-release' } },
  { id: 'hardhat', title: 'Hardhat', nixpkgs: [], packages: { npm: 'hardhat' } },
  { id: 'spago', title: 'Spago', packages: { npm: 'spago' } },
  { id: 'rescript', title: 'ReScript', nixpkgs: [], packages: { npm: 'rescript' } },
  {
    id: 'quarkus',
    title: 'Quarkus CLI',
    run: '--version',
    packages: { sdkman: 'quarkus' },
  },
  {
    id: 'spring',
    title: 'Spring Boot CLI',
    nixpkgs: ['spring-boot-cli'],
    run: '--version',
    packages: { sdkman: 'springboot' },
  },
  {
    id: 'rails',
    title: 'Ruby on Rails',
    nixpkgs: ['rubyPackages.rails', 'rubyPackages_#.rails'],
    scheme: 'gem',
    run: '--version',
    packages: { apt: 'rails ruby-railties', gem: 'rails' },
  },
]);

/** What checks them and speaks to editors. */
export const webQualityTools = defineTools('quality', [
  { id: 'mocha', title: 'Mocha', nixpkgs: ['nodePackages.mocha'], packages: { npm: 'mocha' } },
  { id: 'knip', title: 'Knip', nixpkgs: [], packages: { npm: 'knip' } },
  {
    id: 'bash-language-server',
    title: 'bash-language-server',
    nixpkgs: ['bash-language-server', 'nodePackages.bash-language-server'],
    packages: { npm: 'bash-language-server', brew: 'bash-language-server', pacman: 'bash-language-server' },
  },
  {
    id: 'yaml-language-server',
    title: 'yaml-language-server',
    nixpkgs: ['yaml-language-server', 'nodePackages.yaml-language-server'],
    packages: { npm: 'yaml-language-server', brew: 'yaml-language-server', pacman: 'yaml-language-server' },
  },
  {
    id: 'vscode-langservers-extracted',
    title: 'vscode-langservers-extracted',
    programs: ['vscode-json-language-server'],
    nixpkgs: ['vscode-langservers-extracted', 'nodePackages.vscode-langservers-extracted'],
    packages: { npm: 'vscode-langservers-extracted', brew: 'vscode-langservers-extracted' },
  },
]);
