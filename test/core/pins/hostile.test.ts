import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathRulesOf } from '../../../src/core/host/paths';
import { recordedHost } from '../../../src/core/host/recorded-host';
import { readProjectPins } from '../../../src/core/pins/read-pins';
import { pinsOf } from './project';

/** Every kind of file, so that hostile content meets every reader. */
const everyFile = [
  '.nvmrc',
  '.python-version',
  '.tool-versions',
  '.sdkmanrc',
  'mise.toml',
  'package.json',
  '.npmrc',
  'pyproject.toml',
  'Pipfile',
  'go.mod',
  'rust-toolchain',
  'rust-toolchain.toml',
  'Cargo.toml',
  'Gemfile',
  'global.json',
  'composer.json',
  'mix.exs',
  'gradle/wrapper/gradle-wrapper.properties',
  'Dockerfile',
  'compose.yaml',
  '.env',
  '.devcontainer/devcontainer.json',
  '.github/workflows/ci.yml',
  '.github/actions/x/action.yml',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  'azure-pipelines.yml',
  '.travis.yml',
  'bitbucket-pipelines.yml',
  'devbox.json',
  'pixi.toml',
  'environment.yml',
];

function everywhere(text: string): Record<string, string> {
  return Object.fromEntries(everyFile.map((path) => [path, text]));
}

const size = 20_000;

describe('hostile files', () => {
  it.each([
    ['nothing', ''],
    ['open brackets', '['.repeat(size)],
    ['open braces', '{"a":'.repeat(size / 5)],
    ['nested flow', `a: ${'{a: '.repeat(2_000)}`],
    ['nested sequences', '- '.repeat(size / 2)],
    ['indented maps', Array.from({ length: 400 }, (_, index) => `${' '.repeat(index)}k:`).join('\n')],
    ['blank lines', '\n'.repeat(size)],
    ['blanks', ' '.repeat(size)],
    ['one long word', 'x'.repeat(size)],
    ['one long number', '9'.repeat(size)],
    ['dollars', '${a-'.repeat(size / 4)],
    ['FROM with blanks', `FROM${' '.repeat(size)}x`],
    ['continued lines', 'RUN \\\n'.repeat(size / 6)],
    ['here-documents', 'RUN <<A <<B <<C\n'.repeat(size / 16)],
    ['quotes', `ruby ${'"3", '.repeat(size / 5)}`],
    ['equals', 'A = '.repeat(size / 4)],
    ['dotted keys', `a${'.a'.repeat(size / 2)} = 1`],
    ['tables', Array.from({ length: 1_000 }, (_, index) => `[a${index}]\nk = "v"`).join('\n')],
    ['tabs', '\t'.repeat(size)],
    ['lone surrogate and controls', '\u0001\u001b[31m\u202e\ud800'.repeat(100)],
    [
      'keys of the prototype',
      '{"__proto__": {"node": "1"}, "constructor": {"node": "2"}, "engines": {"__proto__": "3"}}',
    ],
  ])('%s: every reader comes back', (_, text) => {
    const { pins, problems } = pinsOf(everywhere(text));
    expect(pins.every((pin) => pin.text.length <= 200 && pin.constraint.length <= 200)).toBe(true);
    expect(problems.length).toBeLessThanOrEqual(500);
  });

  it('survives anything, and places lie inside the file', () => {
    const words = fc.constantFrom(
      'node',
      ': ',
      '\n',
      '  ',
      '- ',
      '20',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '=',
      'FROM ',
      '&a ',
      '*a',
      '<<',
      '${',
      '#',
      '|',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((parts) => parts.join('')),
        ),
        (text) => {
          const lines = text.split('\n').length;
          for (const { position } of pinsOf(everywhere(text)).pins) {
            expect(position.line).toBeLessThanOrEqual(lines);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('does not unfold a YAML bomb', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `a${level}: &a${level} [${level === 0 ? 'x' : `*a${level - 1}, *a${level - 1}`}]`,
    );
    const merges = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? '.m0: &m0 { k: 1 }'
        : `.m${level}: &m${level}\n  <<: [*m${level - 1}, *m${level - 1}]\n  k${level}: 1`,
    );
    const text = `${levels.join('\n')}\n${merges.join('\n')}\nimage: node:20\njob:\n  <<: *m29\n  needs: *a29\n`;
    const { pins, problems } = pinsOf({ '.gitlab-ci.yml': text });
    expect(problems).toEqual([]);
    expect(pins).toMatchObject([{ tool: 'node', constraint: '20' }]);
  });

  it('stops doubling variables', () => {
    const doubled = Array.from({ length: 60 }, (_, index) => `ARG A${index + 1}=$A${index}$A${index}`).join('\n');
    const { unresolved } = pinsOf({ Dockerfile: `ARG A0=x\n${doubled}\nFROM node:$A60\n` });
    expect(unresolved).toHaveLength(1);
    const env = Array.from(
      { length: 60 },
      (_, index) => `  A${index + 1}: \${{ env.A${index} }}\${{ env.A${index} }}`,
    ).join('\n');
    const step = `    steps:\n      - uses: actions/setup-node@v4\n        with:\n          node-version: \${{ env.A60 }}\n`;
    const found = pinsOf({ '.github/workflows/x.yml': `env:\n  A0: x\n${env}\njobs:\n  t:\n${step}` });
    expect(found.pins).toEqual([]);
  });

  it('says that a broken file is broken, with its place, and reads the others', () => {
    const { pins, problems } = pinsOf({
      '.nvmrc': '20\n',
      'mise.toml': '[tools]\nnode = = 1\n',
      '.github/workflows/bad.yml': 'jobs:\n  a: [\n  b: }\n',
      'package.json': '{"engines": ',
    });
    expect(pins.map(({ position }) => position.file)).toEqual(['.nvmrc']);
    expect(problems.map(({ code, position }) => [code, position?.file, position?.line])).toEqual([
      ['pin-file-broken', '.github/workflows/bad.yml', 3],
      ['pin-file-broken', 'mise.toml', 2],
      ['pin-file-broken', 'package.json', 1],
    ]);
  });
});

describe('hostile trees', () => {
  it('refuses links out of the project, and follows those inside it', () => {
    const { pins, problems } = pinsOf({
      '.nvmrc': { link: '/etc/secret' },
      '.node-version': { link: 'config/node' },
      'config/node': '20\n',
      '/etc/secret': '18\n',
      '.github': { link: '/elsewhere' },
      '/elsewhere/workflows/ci.yml': 'jobs: {}',
    });
    expect(pins.map(({ constraint, position }) => [constraint, position.file])).toEqual([['20', '.node-version']]);
    expect(problems).toMatchObject([{ code: 'pin-file-outside', position: { file: '.nvmrc' } }]);
  });

  it('is not fooled by a folder whose name begins like the project', () => {
    const { problems } = pinsOf({ '.nvmrc': { link: '/project-other/.nvmrc' }, '/project-other/.nvmrc': '18\n' });
    expect(problems).toMatchObject([{ code: 'pin-file-outside' }]);
  });

  it('names pipes, folders, loops, forbidden files, other encodings and files that are too large', () => {
    const { pins, problems } = pinsOf({
      '.nvmrc': { special: true },
      '.python-version': { folder: true },
      '.ruby-version': { link: '.ruby-version' },
      '.java-version': { denied: true },
      '.go-version': { base64: Buffer.from('\ufeff1.22\r\n', 'utf16le').toString('base64') },
      '.bun-version': { base64: Buffer.from([0x31, 0x00, 0x32]).toString('base64') },
      '.zigversion': { base64: Buffer.from('0.11.0 # caf\xe9\n', 'latin1').toString('base64') },
      'package.json': `{"engines": {"node": "20"}}${' '.repeat(600 * 1024)}`,
    });
    expect(problems.map(({ code, position }) => `${position?.file} ${code}`)).toEqual([
      '.bun-version pin-file-encoding',
      '.go-version pin-file-encoding',
      '.java-version pin-file-unreadable',
      '.nvmrc pin-file-unreadable',
      '.python-version pin-file-unreadable',
      '.ruby-version pin-file-unreadable',
      '.zigversion pin-file-encoding',
      'package.json pin-file-unreadable',
    ]);
    expect(pins.map(({ tool, constraint }) => `${tool} ${constraint}`)).toEqual(['zig 0.11.0']);
  });

  it('reads a project on Windows', () => {
    const files = { 'C:\\Code\\.nvmrc': '\ufeff20\r\n', 'C:\\Code\\.github\\workflows\\ci.yml': 'jobs: {}\r\n' };
    const host = recordedHost({ name: 'w', os: 'windows', arch: 'x86_64', home: 'C:\\Users\\a', env: {}, files });
    const { pins, files: read } = readProjectPins(host.fs, pathRulesOf('windows'), 'C:\\code');
    expect(read).toEqual(['.github/workflows/ci.yml', '.nvmrc']);
    expect(pins).toMatchObject([{ constraint: '20', position: { file: '.nvmrc', line: 1, column: 1 } }]);
  });

  it('gives the same for the same tree, and nothing for an empty one', () => {
    const tree = {
      Dockerfile: 'FROM node:18\n',
      '.nvmrc': '20\n',
      'compose.yaml': 'services: {a: {image: "redis:7"}}\n',
    };
    expect(pinsOf(tree)).toEqual(pinsOf(Object.fromEntries(Object.entries(tree).reverse())));
    expect(pinsOf({ 'README.md': '' })).toEqual({
      schema: 'lockstep.pins/1',
      files: [],
      pins: [],
      unresolved: [],
      problems: [],
    });
  });
});

describe('a project with more than is read', () => {
  const warnings = (files: Record<string, string>) =>
    pinsOf(files).problems.filter(({ code }) => code === 'pin-too-many');
  const many = (count: number, made: (index: number) => readonly [string, string]) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => made(index)));

  it('reads hundreds of parts whole, and says how many files are left out', () => {
    expect(warnings(many(900, (index) => [`packages/p${index}/.nvmrc`, '20']))).toEqual([]);
    const said = warnings(many(800, (index) => [`p${index % 400}/.${index < 400 ? 'nvmrc' : 'node-version'}`, '20']));
    expect(said).toEqual([]);
    const [tooMany, ...others] = warnings(many(1600, (index) => [`a/Dockerfile.${index}`, 'FROM node:20']));
    expect(tooMany?.message).toBe('100 more files were not read: no more than 1500 are.');
    expect(others).toEqual([]);
  });

  it('says that there are more folders than it looks into', () => {
    const [said] = warnings(many(1100, (index) => [`p${index}/.nvmrc`, '20']));
    expect(said?.message).toBe('The project has more folders than the 1000 that were looked into.');
  });

  it('names the first file that is beyond the bytes of all, and counts the others', () => {
    const long = `20\n${'# x\n'.repeat(60_000)}`;
    const said = warnings(many(30, (index) => [`p${String(index).padStart(2, '0')}/.nvmrc`, long]));
    expect(said.map(({ message }) => message)).toEqual([
      'p26/.nvmrc and 3 more were not read: the project has more than 6 MiB of pin files.',
    ]);
  });

  it('counts a file once that others ask for again', () => {
    const steps = '# so it goes\n'.repeat(8_000);
    const files = {
      ...many(8, (index) => [
        `.github/workflows/w${index}.yml`,
        `jobs:\n  a:\n    steps:\n${steps}      - uses: ./.github/actions/a${index}\n        with: { go: "1.${index}" }\n`,
      ]),
      ...many(40, (index) => [
        `.github/actions/a${index}/action.yml`,
        'inputs: { go: {} }\nruns:\n  steps:\n    - uses: actions/setup-go@v5\n      with: { go-version: "${{ inputs.go }}" }\n',
      ]),
    };
    expect(warnings(files)).toEqual([]);
  });

  it('counts notes that are not listed', () => {
    const steps = 'x'
      .repeat(600)
      .replace(/x/g, '      - uses: actions/setup-go@v5\n        with: { go-version: "${{ vars.x }}" }\n');
    const [said] = warnings({ '.github/workflows/ci.yml': `jobs:\n  a:\n    steps:\n${steps}` });
    expect(said?.message).toBe('100 more problems and unknown versions are not listed.');
  });
});

it('ends soon where references, commands and services multiply', () => {
  const many = (word: string) => Array.from({ length: 50 }, () => word).join(', ');
  const references = Array.from(
    { length: 30 },
    (_, at) => `.r${at + 1}: { script: [${many(`!reference [.r${at}, script]`)}] }`,
  );
  const gitlab = `.r0: { script: [x, y] }\n${references.join('\n')}\njob: { script: [!reference [.r30, script]], image: node:20 }\n`;
  expect(pinsOf({ '.gitlab-ci.yml': gitlab }).pins).toHaveLength(1);
  const commands = Array.from({ length: 9 }, (_, at) => `  c${at}: { steps: [${many(`c${at + 1}`)}] }`);
  const circle = `commands:\n${commands.join('\n')}\n  c9: { steps: [{ run: npm i -g yarn@1.0.0 }] }\njobs:\n  j: { docker: [{ image: node:18 }], steps: [${many('c0')}] }\n`;
  expect(pinsOf({ '.circleci/config.yml': circle }).pins.map(({ tool }) => tool)).toEqual(['node', 'yarn']);
});
