import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          // Style sheets are emptied by default, also those that are imported as text.
          css: { include: [/\.css\?raw$/] },
          include: ['test/{core,node,cli,scripts,renderer,ipc,main}/**/*.test.{ts,tsx}'],
          environment: 'node',
          // For a machine that is busy: what must end in time says so itself.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What is waited for may be drawn late on a busy machine; waiting ends as soon as it is there.
          expect: { poll: { timeout: 30_000 } },
          fileParallelism: false,
        },
      },
    ],
  },
});
