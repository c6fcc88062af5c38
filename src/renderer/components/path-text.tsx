import { Fragment } from 'react';
import { plain } from '../../core/report/plain';

/** A path that goes on in the next line after one of its folders, not in the middle of a name. */
export function PathText({ path }: { readonly path: string }) {
  return plain(path)
    .split(/(?<=[/\\])/u)
    .map((part, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name, and no state
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ));
}
