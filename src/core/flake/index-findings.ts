import type { Problem } from '../model/problem';
import { lineOfBranch, type NixpkgsIndex } from '../nixpkgs';
import { type Lock, rootInputs } from './lock';
import { recogniseNixpkgs } from './nixpkgs/pin';

/**
 * Says where the version index cannot tell the versions of a lock's nixpkgs for sure, and an update would: the lock is
 * newer than its records, or on a stable line that it has no records of.
 */
export function indexFindings(index: NixpkgsIndex, lock: Lock): readonly Problem[] {
  const findings: Problem[] = [];
  for (const [name, node] of rootInputs(lock)) {
    const source = recogniseNixpkgs(node.original, node.locked);
    const { revision, branch, lastModified } = source?.pin ?? {};
    const isRecorded = revision !== undefined && index.revisionInfo(revision) !== undefined;
    if (source === undefined || source.fork !== undefined || source.libOnly || isRecorded) {
      continue;
    }
    const line = lineOfBranch(branch ?? 'master');
    const records = index.info().lines.find((candidate) => candidate.name === line);
    const hint = '`lockstep index update --flake .` brings its release in; this needs the network.';
    if (records === undefined && line !== undefined) {
      const message = `The version index has no records of ${line}: versions of input \`${name}\` are estimates at best.`;
      findings.push({ code: 'index-without-line', message, hint });
    } else if (records !== undefined && lastModified !== undefined && lastModified > records.last.date) {
      const message = `Input \`${name}\` is of ${day(lastModified)}, and the version index ends on ${day(records.last.date)}.`;
      findings.push({ code: 'index-outdated', message, hint });
    }
  }
  return findings;
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
