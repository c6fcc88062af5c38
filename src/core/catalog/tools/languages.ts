import { defineTools } from '../define-tools';

/** Languages and their runtimes. */
export const languages = defineTools('languages', [
  {
    id: 'node',
    title: 'Node.js',
    programs: ['node', 'nodejs'],
    nixpkgs: ['nodejs#', 'nodejs-slim#', 'nodejs-*', 'nodejs_latest'],
    files: [{ file: '../include/node/node_version.h' }],
    run: '--version',
  },
]);
