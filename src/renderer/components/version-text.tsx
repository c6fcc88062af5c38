import type { Expected } from '../../core/model/diff';
import { plain } from '../../core/report/plain';
import { splitAtDifference } from '../lib/versions';

/** A version; what differs from `other` stands out. */
export function VersionText({ version, other }: { readonly version: string; readonly other?: string | undefined }) {
  const { same, different } = splitAtDifference(plain(version), other);
  return (
    <span className="version">
      {same}
      {different !== '' && <b>{different}</b>}
    </span>
  );
}

/** The version that the target asks for, with how sure it is. */
export function ExpectedVersion({
  expected,
  other,
}: {
  readonly expected: Expected;
  readonly other?: string | undefined;
}) {
  const { version, certainty } = expected;
  if (version === undefined) {
    return (
      <span className="version muted" title={expected.reason}>
        <span aria-hidden="true">?</span>
        <span className="visually-hidden">not known</span>
      </span>
    );
  }
  return (
    <span title={expected.reason}>
      {certainty === 'estimate' && (
        <span className="certainty" title="An estimate: the nearest known revisions on both sides agree">
          ≈{' '}
        </span>
      )}
      <VersionText version={version} other={certainty === 'range' ? undefined : other} />
    </span>
  );
}
