import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { asciiOnly } from './scripts/lib/ascii-only.mjs';
import { buildName } from './scripts/lib/build-name.mjs';
import { catalogAsText } from './scripts/lib/catalog-as-text.mjs';
import { threadsAlone } from './scripts/lib/threads-alone.mjs';

/** The licence texts of what is bundled, beside each bundle. */
const license = { fileName: 'licenses.md' };

/** What the main process shares with its threads; what only they need is many times as much. */
const SHARED =
  /\/src\/(?:core\/(?:catalog\/categories|model\/(?:checklist-)?schema)|ipc\/|node\/(?:bounded-file|document-file|output-file|replace-file|file-reasons|decode-text|side-kind)|core\/report\/(?:read|upgrade)-document)/;

/** What threads share that have something to read or to compare. */
const CATALOG = /\/src\/core\/(?:catalog|version)\/|\/node_modules\/(?:semver|@renovatebot)\//;

/** What a thread needs to look at an audit from before, and no more. */
const SMALL =
  /\/src\/(?:core\/(?:model\/(?!(?:checklist-)?schema)|host\/(?:paths|text)|[\w-]+\.ts)|main\/problem-of|node\/(?:data-folder|make-folder))/;

/** Main and preload are CommonJS for Node 18 and the renderer is for Chromium 114: the oldest runtime in use. */
export default defineConfig({
  main: {
    plugins: [catalogAsText(), asciiOnly(), buildName(), threadsAlone(['audit-worker', 'column-worker'], 'index')],
    build: {
      target: 'node18',
      outDir: 'out/main',
      externalizeDeps: false,
      license,
      rollupOptions: {
        input: {
          start: 'src/main/start.ts',
          index: 'src/main/index.ts',
          'audit-worker': 'src/main/audit-worker.ts',
          'column-worker': 'src/main/column-worker.ts',
          thread: 'src/main/thread.ts',
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [
              { name: 'small', test: SMALL },
              { name: 'shared', test: SHARED },
              { name: 'catalog', test: CATALOG },
            ],
          },
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: 'out/preload',
      externalizeDeps: false,
      license,
      rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    plugins: [react(), catalogAsText()],
    // Files, never data: the content policy allows fonts from the application only.
    build: { target: 'chrome114', outDir: 'out/renderer', minify: true, assetsInlineLimit: 0, license },
  },
});
