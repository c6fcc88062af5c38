import { FolderDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { showToast, startAudit } from '../state/actions';

/** Takes a folder or a `flake.nix` that is dropped anywhere onto the window. */
export function DropZone() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const enter = (event: DragEvent) => {
      if (hasFiles(event)) {
        depth += 1;
        setOver(true);
      }
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const hover = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      event.preventDefault();
      depth = 0;
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) {
        open(file);
      }
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
  return over ? (
    <div className="drop-zone">
      <div>
        <FolderDown size={28} aria-hidden="true" />
        <p>Drop a project folder or its flake.nix</p>
      </div>
    </div>
  ) : null;
}

function open(file: File): void {
  const path = window.lockstep.pathOfFile(file);
  if (path === '') {
    showToast({ tone: 'problem', text: 'What was dropped is not a file of this machine.' });
  } else {
    startAudit(path);
  }
}
