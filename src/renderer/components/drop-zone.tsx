import { FolderDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { dropPaths } from '../state/drop';

/**
 * Takes what is dropped anywhere onto the window: a folder or a `flake.nix` is opened, a snapshot or an image becomes a
 * column, several of them a comparison of their own. The page learns paths, never contents.
 */
export function DropZone() {
  const [over, setOver] = useState(0);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) {
        depth += 1;
        setOver(Math.max(1, event.dataTransfer?.items.length ?? 1));
      }
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        setOver(0);
      }
    };
    const hover = (event: DragEvent) => {
      if (hasFiles(event)) {
        event.preventDefault();
      }
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) {
        return;
      }
      event.preventDefault();
      depth = 0;
      setOver(0);
      const files = [...(event.dataTransfer?.files ?? [])];
      void dropPaths(files.map((file) => window.lockstep.pathOfFile(file)));
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hover);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hover);
      removeEventListener('drop', drop);
    };
  }, []);
  return over > 0 ? (
    <div className="drop-zone">
      <div>
        <FolderDown size={28} aria-hidden="true" />
        <p>{over > 1 ? `Drop to compare these ${over}` : 'Drop a project folder or its flake.nix'}</p>
        <p className="drop-note">
          {over > 1 ? 'in a tab of their own' : 'or a snapshot, an audit or an image, to compare with'}
        </p>
      </div>
    </div>
  ) : null;
}
