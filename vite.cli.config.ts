import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { asciiOnly } from './scripts/lib/ascii-only.mjs';
import { buildName } from './scripts/lib/build-name.mjs';
import { catalogAsText } from './scripts/lib/catalog-as-text.mjs';

/** The command line: one CommonJS bundle with a chunk a command, so that `lockstep --help` reads little. */
export default defineConfig({
  plugins: [withoutSubprograms(), catalogAsText(), asciiOnly(), buildName(), compiled()],
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'index.cjs',
        chunkFileNames: '[name]-[hash].cjs',
        // What many commands need, apart from what few do: left alone, redaction comes with every report.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'model', test: /\/src\/core\/model\/(?!schemas)/ },
            // What nearly every command needs of small files: reading each for itself costs more than what is in it.
            {
              name: 'basics',
              test: /\/src\/(?:core\/(?:(?:own|is-record|escape-pattern)\.|host\/(?:text|paths|termux)\.|report\/(?:plain|text-width)\.|environment\/phrases\.)|cli\/(?:output-form|path-context|progress)\.|node\/(?:host-spec|local-host|local-file-system|file-bytes|raw-names|fs-error-codes|empty-folder|make-folder|replace-file|cache-file|snapshot-cache|replay\/form)\.)/,
            },
            { name: 'redact', test: /\/src\/core\/redact\// },
            // Nix's own order of versions needs nothing of other ecosystems', with their libraries.
            { name: 'version', test: /\/src\/core\/version\/(?!nix|minor-key|range-expression|scheme)/ },
          ],
        },
      },
    },
  },
  ssr: { noExternal: true, target: 'node' },
  publicDir: false,
});

/** Commander can start a program for a command; Lockstep has none such, and what starts programs is slow to load. */
function withoutSubprograms(): Plugin {
  return {
    name: 'without-subprograms',
    enforce: 'pre',
    resolveId: (id, importer = '') =>
      id === 'node:child_process' && importer.includes('/node_modules/commander/') ? '\0no-subprograms' : undefined,
    load: (id) => (id === '\0no-subprograms' ? 'export {};' : undefined),
  };
}

/** Compiles in advance what the chunks need, see bin/lockstep.cjs. */
function compiled(): Plugin {
  const script = (name: string) => fileURLToPath(new URL(`scripts/${name}`, import.meta.url));
  return {
    name: 'code-cache',
    writeBundle({ dir = '' }) {
      const env = { ...process.env, NODE_OPTIONS: '' };
      execFileSync(process.execPath, [script('code-cache.mjs'), dir, '--tuned'], { env, stdio: 'inherit' });
      execFileSync(process.execPath, [script('learn-code.mjs'), dir], { env, stdio: 'inherit' });
    },
  };
}
