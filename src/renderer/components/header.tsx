import { ArrowLeft, ArrowRight, Command, Download, RefreshCw } from 'lucide-react';
import { earlyOf } from '../lib/early';
import { devShells, environmentGroups } from '../lib/environment-groups';
import { dayOf, timeOf } from '../lib/time';
import { viewTitles } from '../lib/view-titles';
import { keysForPeople } from '../shortcuts';
import { auditAgain, exportReport, goBack, goForward, leavePast, startAudit } from '../state/actions';
import { showsOwnMachine } from '../state/machine';
import { setState, useAppState } from '../state/store';
import { IconButton } from './icon-button';
import { Picker } from './picker';

/** Where the user is, what is compared, and the two things to do with it: audit again, export. */
export function Header() {
  const view = useAppState((state) => state.place.view);
  const canGoBack = useAppState((state) => state.back.length > 0);
  const canGoForward = useAppState((state) => state.forward.length > 0);
  const audit = useAppState((state) => state.audit);
  const run = useAppState((state) => state.run);
  const past = useAppState((state) => state.pastId !== undefined);
  const format = useAppState((state) => state.settings.reportFormat);
  const isMachine = useAppState(showsOwnMachine);
  const readsMachine = useAppState(({ machine }) => machine.status === 'reading') && isMachine;
  const hasMachine = useAppState(({ machine }) => machine.snapshot !== undefined);
  const running = run.status === 'running';
  // The flake may have been read before all of it is compared.
  const { target, shell } = audit ?? earlyOf(run)?.results ?? {};
  return (
    <header className="header">
      <div className="header-place">
        <IconButton label="Back" shortcut="Alt+Left" disabled={!canGoBack} onClick={goBack}>
          <ArrowLeft size={16} />
        </IconButton>
        <IconButton label="Forward" shortcut="Alt+Right" disabled={!canGoForward} onClick={goForward}>
          <ArrowRight size={16} />
        </IconButton>
        <h1>{viewTitles[view]}</h1>
      </div>
      {target !== undefined && shell !== undefined && !past && run.status !== 'idle' && view !== 'settings' && (
        <div className="header-context">
          <Picker
            label="Dev shell"
            value={shell}
            options={devShells(target)}
            groups={environmentGroups(target)}
            onChange={(chosen) => startAudit(run.request.folder, { system: target.system, shell: chosen })}
          />
          <Picker
            label="System"
            value={target.system}
            options={target.systems}
            onChange={(system) => startAudit(run.request.folder, { system })}
          />
        </div>
      )}
      {past && audit !== undefined && (
        <p className="past">
          <span className="past-when">
            Audit of {dayOf(audit.snapshot.takenAt)}, {timeOf(audit.snapshot.takenAt)}
          </span>{' '}
          <button type="button" className="link" onClick={leavePast}>
            Back to now
          </button>
        </p>
      )}
      <div className="header-actions">
        <IconButton label="Command palette" shortcut="Mod+K" onClick={() => setState({ overlay: 'palette' })}>
          <Command size={16} />
        </IconButton>
        <IconButton
          label={run.status === 'idle' && isMachine ? 'Read again' : 'Audit again'}
          shortcut="Mod+R"
          disabled={(run.status === 'idle' && !isMachine) || running || readsMachine}
          onClick={auditAgain}
        >
          <RefreshCw size={16} className={running || readsMachine ? 'spin' : undefined} />
        </IconButton>
        <button
          type="button"
          className="button primary export"
          disabled={audit === undefined || past}
          aria-label={`Export ${format.toUpperCase()}`}
          title={`Export the report (${keysForPeople('Mod+E')})`}
          onClick={() => void exportReport()}
        >
          <Download size={15} aria-hidden="true" />
          <span>Export</span> <span className="export-format">{format.toUpperCase()}</span>
        </button>
      </div>
      {((running && audit !== undefined) || (readsMachine && hasMachine)) && (
        <div className="running-line" role="progressbar" aria-label={running ? 'Auditing again' : 'Reading again'} />
      )}
    </header>
  );
}
