/** Text files that the bundler inlines: `import source from './lib.nix?raw'`. */
declare module '*?raw' {
  const text: string;
  export default text;
}
