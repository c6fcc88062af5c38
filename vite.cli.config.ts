import { defineConfig } from 'vite';

/** The command line: one CommonJS bundle with a chunk a command, so that `lockstep --help` reads little. */
export default defineConfig({
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    license: { fileName: 'licenses.md' },
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'index.cjs', chunkFileNames: '[name]-[hash].cjs' } },
  },
  ssr: { noExternal: true, target: 'node' },
  publicDir: false,
});
