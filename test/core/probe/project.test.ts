import { expect, test } from 'vitest';
import { catalog } from '../../../src/core/catalog';
import { seeHost } from '../../../src/core/environment';
import type { RecordedEntry } from '../../../src/core/host/recorded-host';
import { probeMachine } from '../../../src/core/probe';
import { exec, machine } from './machine';

/** The programs that are started for a project in /srv/app, and the codes of what is said. */
async function startedFor(
  files: Readonly<Record<string, RecordedEntry>>,
  { path, folder = '/srv/app' }: { readonly path: readonly string[]; readonly folder?: string },
) {
  const started: string[] = [];
  const host = {
    ...machine(files, { path }),
    run: async ({ argv }: { readonly argv: readonly string[] }) => {
      started.push(argv[0]!);
      return { outcome: 'exited' as const, exitCode: 0, stdout: 'v6.6.6\n', stderr: '' };
    },
  };
  const seen = await seeHost(host, { folder, run: false, deadline: 0 });
  const { failures } = await probeMachine({
    host,
    seen: 'derive' in seen ? seen : undefined,
    catalog,
    folder,
    clock: () => 0,
  });
  return { started: [...new Set(started)], codes: [...new Set(failures.map(({ code }) => code))] };
}

const SHIMS = '/home/ada/.asdf/shims';
const asdf = {
  [`${SHIMS}/node`]: exec,
  '/home/ada/.asdf/installs/nodejs/20.1.0/bin/node': exec,
  '/srv/app/evil/bin/node': exec,
  '/srv/app/flake.nix': '',
};
const VOLTA = '/home/ada/.volta';

test.each<[string, Readonly<Record<string, RecordedEntry>>, string, string?]>([
  ['a path in .tool-versions', { ...asdf, '/srv/app/.tool-versions': 'nodejs path:/srv/app/evil\n' }, SHIMS],
  [
    'a way up and out in .tool-versions',
    { ...asdf, '/srv/app/.tool-versions': 'nodejs ../../../../../srv/app/evil' },
    SHIMS,
  ],
  [
    'a file above the folder',
    { ...asdf, '/srv/app/.tool-versions': 'nodejs path:/srv/app/evil\n' },
    SHIMS,
    '/srv/app/sub',
  ],
  [
    'a version of Volta',
    {
      [`${VOLTA}/bin/volta-shim`]: exec,
      [`${VOLTA}/bin/node`]: { link: 'volta-shim' },
      [`${VOLTA}/tools/image/node/20.1.0/bin/node`]: exec,
      '/srv/app/evil/bin/node': exec,
      '/srv/app/package.json': '{"volta":{"node":"../../../../../../srv/app/evil"}}',
    },
    `${VOLTA}/bin`,
  ],
  ['what devenv left', { '/srv/app/.devenv/profile/bin/node': exec }, '/usr/bin'],
  [
    'what direnv left, which names a folder of the checkout around',
    {
      '/srv/.git/HEAD': '',
      '/srv/evil/node': exec,
      '/srv/app/.direnv/flake-profile-1.rc': "export PATH='/srv/evil'\n",
    },
    '/usr/bin',
  ],
])('nothing that a project brings is started: %s', async (_, files, path, folder) => {
  const { started, codes } = await startedFor(files, { path: [path], ...(folder === undefined ? {} : { folder }) });
  expect(started).toEqual([]);
  expect(codes).toContain('of-project');
});

test('what the user has is asked, also where the project chooses it and the home folder is a checkout', async () => {
  const files = {
    '/home/ada/.git/HEAD': '',
    '/home/ada/tools/bin/node': exec,
    '/home/ada/app/flake.nix': '',
  };
  const { started } = await startedFor(files, { path: ['/home/ada/tools/bin'], folder: '/home/ada/app' });
  expect(started).toEqual(['/home/ada/tools/bin/node']);
});
