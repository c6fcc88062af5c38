import type { Command } from 'commander';
import { ProblemError } from '../../core/model/problem';
import type { NixpkgsIndex, NixpkgsPin } from '../../core/nixpkgs';
import { plain, plainJson } from '../../core/report/plain';
import { padTo } from '../../core/report/text-width';
import { dataFolder } from '../../node/data-folder';
import { type ChosenIndex, chooseIndex, loadIndex } from '../../node/nixpkgs-index';
import { updatedIndexPath } from '../../node/nixpkgs-index-place';
import {
  answerPackage,
  answerRevision,
  answerRuns,
  familyWithVersion,
  isoTime,
  neighboursOf,
  type PackageAnswer,
  type RunAnswer,
  runsOfVersion,
} from '../index-answers';
import { choosePin, type PinFlags } from '../index-pin';
import type { UpdateFlags } from '../index-update';
import type { CliIo } from '../io';

interface OutputFlags {
  readonly json?: true;
}

const ATTRIBUTE = 'an attribute of nixpkgs, such as nodejs_20 or python312Packages.numpy';

export function register(program: Command, io: CliIo): void {
  const group = program
    .command('index')
    .description('Ask which version nixpkgs had of a package, and when.')
    .addHelpText(
      'after',
      '\nlookup exits with 1 when a version is not known, find when the package never had the version.',
    );
  group
    .command('info')
    .description('Tell what the version index covers.')
    .option('--json', 'print as JSON')
    .action((flags: OutputFlags) => info(flags, io));
  group
    .command('lookup')
    .description('Tell the versions of packages at one nixpkgs: the newest on record, or as the options say.')
    .argument('<attributes...>', 'attributes of nixpkgs, such as nodejs_20')
    .option('--revision <revision>', 'at this revision: 7 to 40 hexadecimal digits')
    .option('--flake <folder>', "at the nixpkgs of this folder's flake.lock")
    .option('--input <name>', 'with --flake: the input that is meant')
    .option('--branch <branch>', 'on this branch, such as nixos-24.05; needs --date')
    .option('--date <date>', 'as of this day, such as 2024-03-01')
    .option('--json', 'print as JSON')
    .action((attributes: string[], flags: OutputFlags & PinFlags) =>
      lookup(loadIndex(chosen(io).path), attributes.map(attributeFrom), flags, io),
    );
  group
    .command('history')
    .description('List which version a package had, line by line of nixpkgs, oldest first.')
    .argument('<attribute>', ATTRIBUTE)
    .option('--json', 'print as JSON')
    .action((attribute: string, flags: OutputFlags) =>
      history(loadIndex(chosen(io).path), attributeFrom(attribute), flags, io),
    );
  group
    .command('find')
    .description('Find revisions of nixpkgs that had a package in a version.')
    .argument('<attribute>', ATTRIBUTE)
    .argument('[version]', 'a version or its beginning: 20.11 finds 20.11.1; nodejs@20.11 says both in one word')
    .option('--json', 'print as JSON')
    .action((text: string, given: string | undefined, flags: OutputFlags) => {
      const { attribute, version } = attributeAndVersion(text, given);
      find(loadIndex(chosen(io).path), attribute, version, flags, io);
    });
  group
    .command('update')
    .description('Bring the latest releases of channels into your index, with nested sets such as python3Packages.')
    .argument('[channels...]', 'channels, such as nixos-25.05', ['nixos-unstable'])
    .option('--release <address...>', 'bring in these releases instead, such as those below https://releases.nixos.org')
    .option('--flake <folder>', "bring in the nixpkgs of this folder's flake.lock instead, or the releases around it")
    .option('--input <name>', 'with --flake: the input that is meant; all that are nixpkgs otherwise')
    .option('--from <address>', 'a mirror of channels.nixos.org and releases.nixos.org')
    .option('--json', 'print as JSON')
    .action(async (channels: string[], flags: UpdateFlags) => {
      // Its HTTP client is large, and the only one: nothing else of the command line talks to a network.
      const { update } = await import('../index-update');
      await update(channels, flags, io);
    });
}

/** Both in one word, as other package managers have it: `nodejs@20.11.1`. */
const WITH_VERSION = /^([\w.+-]*)@([\w.+~-]*)$/;

/** The attribute that somebody means who writes it as on Nix's command line or as in a flake: `nixpkgs#jq`, `pkgs.jq`. */
function attributeFrom(text: string): string {
  const attribute = text.trim().replace(/^nixpkgs#(?:legacyPackages\.[^.]+\.)?|^(?:pkgs|nixpkgs)\./, '');
  if (attribute === '') {
    throw new ProblemError({
      code: 'not-an-attribute',
      message: `"${text}" names no attribute of nixpkgs.`,
      hint: 'Give one such as nodejs_20 or python312Packages.numpy.',
    });
  }
  const [, name, version] = WITH_VERSION.exec(attribute) ?? [];
  if (name && version) {
    throw new ProblemError({
      code: 'not-an-attribute',
      message: `${attribute} is an attribute with a version.`,
      hint: `lockstep index find ${name} ${version} tells which revisions had it.`,
    });
  }
  return attribute;
}

function attributeAndVersion(text: string, given?: string): { readonly attribute: string; readonly version: string } {
  const [, name = text, version = given] = given === undefined ? (WITH_VERSION.exec(text) ?? []) : [];
  const attribute = attributeFrom(name);
  if (!version) {
    throw new ProblemError({
      code: 'version-missing',
      message: `Of ${attribute}, a version is missing.`,
      hint: 'Give one, as in nodejs@20.11, or see all that there were with lockstep index history.',
    });
  }
  return { attribute, version };
}

function chosen({ env }: CliIo): ChosenIndex {
  return chooseIndex(updatedIndexPath(dataFolder(env)));
}

function info(flags: OutputFlags, io: CliIo): void {
  const { path, kind, notice } = chosen(io);
  const { attributes, revisions, bytes, lines } = loadIndex(path).info();
  const answers = lines.map((line) => ({
    ...line,
    first: answerRevision(line.first),
    last: answerRevision(line.last),
  }));
  if (flags.json) {
    io.stdout.write(
      plainJson({ schema: 'lockstep.index-info/1', path, kind, notice, attributes, revisions, bytes, lines: answers }),
    );
    return;
  }
  if (notice !== undefined) {
    io.stderr.write(`note: ${plain(notice)}\n`);
  }
  io.stdout.write(`${count(attributes)} attributes at ${count(revisions)} revisions of nixpkgs\n`);
  io.stdout.write(`${kind}, ${count(bytes)} bytes: ${plain(path)}\n\n`);
  writeTable(io, [
    ['line', 'revisions', 'first', 'last'],
    ...answers.map((line) => [line.name, count(line.revisions), dayOf(line.first.date), dayOf(line.last.date)]),
  ]);
}

function lookup(index: NixpkgsIndex, attributes: readonly string[], flags: OutputFlags & PinFlags, io: CliIo): void {
  const { pin, source } = choosePin(flags, index, io);
  const revision = pin.revision === undefined ? undefined : index.revisionInfo(pin.revision);
  const packages = attributes.map((attribute) => answerPackage(index, attribute, pin));
  if (packages.some(({ version }) => version === undefined)) {
    io.setExitCode(1);
  }
  if (flags.json) {
    io.stdout.write(
      plainJson({
        schema: 'lockstep.index-lookup/1',
        pin: {
          source,
          revision: pin.revision,
          branch: pin.branch,
          date: pin.lastModified === undefined ? undefined : isoTime(pin.lastModified),
        },
        recorded: revision === undefined ? undefined : answerRevision(revision),
        packages,
      }),
    );
    return;
  }
  io.stderr.write(`${plain(describePin(pin, source, revision !== undefined))}\n`);
  writeTable(
    io,
    packages.map((answer) => [answer.attribute, shownVersion(answer), notesOf(answer)]),
  );
}

function history(index: NixpkgsIndex, attribute: string, flags: OutputFlags, io: CliIo): void {
  const runs = answerRuns(index, attribute);
  if (flags.json) {
    io.stdout.write(plainJson({ schema: 'lockstep.index-history/1', attribute, runs }));
    return;
  }
  writeRuns(runs, io);
}

function find(index: NixpkgsIndex, attribute: string, version: string, flags: OutputFlags, io: CliIo): void {
  const all = answerRuns(index, attribute);
  const runs = runsOfVersion(all, version);
  const others = runs.length === 0 ? familyWithVersion(index, attribute, version) : [];
  const nearest = runs.length === 0 ? neighboursOf(all, version) : [];
  if (runs.length === 0) {
    io.setExitCode(1);
  }
  if (flags.json) {
    io.stdout.write(plainJson({ schema: 'lockstep.index-find/1', attribute, version, runs, others, nearest }));
    return;
  }
  if (runs.length > 0) {
    writeRuns(runs, io);
    io.stderr.write(`\nTo use the last one: github:NixOS/nixpkgs/${runs.at(-1)?.last.revision}\n`);
    return;
  }
  const had = `the nearest that it had: ${nearest.join(' and ')}`;
  io.stderr.write(`${plain(`No recorded revision has ${attribute} ${version}; ${had}.`)}\n`);
  for (const other of others) {
    io.stderr.write(`\n${plain(other.attribute)} had it:\n`);
    writeRuns(other.runs, io);
  }
}

function writeRuns(runs: readonly RunAnswer[], io: CliIo): void {
  writeTable(io, [
    ['line', 'version', 'from', 'until', 'revisions', 'last revision'],
    ...runs.map(({ line, version, revisions, first, last }) => [
      line,
      version,
      dayOf(first.date),
      dayOf(last.date),
      count(revisions),
      last.revision,
    ]),
  ]);
}

function describePin(pin: NixpkgsPin, source: string, isRecorded: boolean): string {
  const parts = [
    pin.revision?.slice(0, 12),
    pin.branch,
    pin.lastModified === undefined ? undefined : dayOf(isoTime(pin.lastModified)),
  ].filter((part) => part !== undefined);
  return `nixpkgs ${parts.join(', ')} (${source}${pin.revision === undefined || isRecorded ? '' : '; not on record'})`;
}

function shownVersion({ version, certainty }: PackageAnswer): string {
  if (version === undefined) {
    return '?';
  }
  return certainty === 'estimate' ? `≈ ${version}` : version;
}

function notesOf({ reason, suggestions }: PackageAnswer): string {
  const near = suggestions === undefined ? [] : [`Did you mean ${suggestions.join(', ')}?`];
  return [...(reason === undefined ? [] : [reason]), ...near].join(' ');
}

function writeTable(io: CliIo, rows: readonly (readonly string[])[]): void {
  const clean = rows.map((row) => row.map(plain));
  const widths = clean[0]?.map((_, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of clean) {
    io.stdout.write(
      `${row
        .map((cell, column) => padTo(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
