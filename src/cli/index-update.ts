import { resolve } from 'node:path';
import { ProblemError } from '../core/model/problem';
import { plain, plainJson } from '../core/report/plain';
import { dataFolder } from '../node/data-folder';
import { type UpdateProgress, updateIndex } from '../node/index-update';
import { CHANNELS_URL } from '../node/index-update/release';
import { updatedIndexPath } from '../node/nixpkgs-index-place';
import { pinsOfFlake, refuseStrayInput } from './index-pin';
import type { CliIo } from './io';

export interface UpdateFlags {
  readonly json?: true;
  readonly from?: string;
  readonly release?: readonly string[];
  readonly flake?: string;
  readonly input?: string;
}

/** Milliseconds between two drawings of the progress line. */
const PAUSE = 100;

const WORDS = { added: 'added', known: 'on record already' } as const;

/** `lockstep index update`. */
export async function update(channels: readonly string[], flags: UpdateFlags, io: CliIo): Promise<void> {
  refuseStrayInput(flags);
  const releases = (flags.release ?? []).map(checkedUrl);
  const pins = flags.flake === undefined ? [] : pinsOfFlake(resolve(io.cwd, flags.flake), flags.input);
  const from = flags.from === undefined ? undefined : checkedUrl(flags.from);
  const folder = dataFolder(io.env);
  const progress = progressLine(io);
  const results = await updateIndex({
    channels: releases.length + pins.length > 0 ? [] : channels,
    releases,
    pins: pins.map(({ pin }) => pin),
    baseUrl: from ?? CHANNELS_URL,
    ...(from === undefined ? {} : { releasesUrl: from, listingUrl: from }),
    folder,
    env: io.env,
    now: io.now(),
    onProgress: progress.show,
  }).finally(progress.clear);
  const path = updatedIndexPath(folder);
  if (flags.json) {
    io.stdout.write(plainJson({ schema: 'lockstep.index-update/1', path, results }));
    return;
  }
  for (const { channel, revision, outcome, attributes } of results) {
    const size = `${attributes.toLocaleString('en')} ${attributes === 1 ? 'attribute' : 'attributes'}`;
    io.stdout.write(`${plain(channel)} ${revision.slice(0, 12)}: ${size}, ${WORDS[outcome]}\n`);
  }
}

function checkedUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) {
    return text;
  }
  throw new ProblemError({
    code: 'not-an-address',
    message: `${text} is not a web address.`,
    hint: 'Write it with https:// at its beginning.',
  });
}

/** One line on standard error that tells how far it is; nothing where that is not a terminal. */
function progressLine({ stderr, env, now }: CliIo) {
  const isShown = stderr.isTTY === true && env['TERM'] !== 'dumb';
  let last = 0;
  return {
    show(progress: UpdateProgress) {
      const time = now().getTime();
      if (isShown && time - last >= PAUSE) {
        last = time;
        stderr.write(`\r\u001b[K${plain(`${progress.channel}: ${describe(progress)}`)}`);
      }
    },
    clear() {
      if (isShown) {
        stderr.write('\r\u001b[K');
      }
    },
  };
}

function describe({ phase, done = 0, total }: UpdateProgress): string {
  switch (phase) {
    case 'look':
      return 'looking for its latest release';
    case 'wait':
      return 'waiting for another update to end';
    case 'download':
      return `downloading, ${megabytes(done)}${total === undefined ? '' : ` of ${megabytes(total)}`} MB`;
    case 'read':
      return `reading, ${done.toLocaleString('en')} attributes`;
    case 'write':
      return 'writing the index';
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
