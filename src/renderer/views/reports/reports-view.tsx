import { Copy, Download, FolderOpen } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { grouped } from '../../../core/grouped';
import type { Audit } from '../../../core/model/audit';
import type { Problem } from '../../../core/model/problem';
import type { ReportFormat, ReportPreview } from '../../../ipc/report';
import { PreviewFrame } from '../../components/preview-frame';
import { ProblemPanel } from '../../components/problem-panel';
import { ScrollingText } from '../../components/scrolling-text';
import { filteredRows } from '../../lib/filtered-rows';
import { keepInSight } from '../../lib/keep-in-sight';
import { attempt, changeSettings, copyFormat, exportReport, problemFrom } from '../../state/actions';
import { call } from '../../state/api';
import { useAppState } from '../../state/store';

/** Every format, the last used first; what the chosen one will say; and what redaction takes out of it. */
export function ReportsView({ audit }: { readonly audit: Audit }) {
  const settings = useAppState((state) => state.settings);
  const [formats, setFormats] = useState<readonly ReportFormat[]>([]);
  const [chosen, setChosen] = useState<string | undefined>();
  useEffect(() => {
    void attempt(async () => setFormats(await call('listReportFormats')));
  }, []);
  const ordered = [
    ...formats.filter(({ id }) => id === settings.reportFormat),
    ...formats.filter(({ id }) => id !== settings.reportFormat),
  ];
  const current = ordered.find(({ id }) => id === chosen) ?? ordered[0];
  const list = useRef<HTMLUListElement>(null);
  // An export puts its format first; a window that becomes lower hides what is last.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another format, or another order, is another place
  useLayoutEffect(
    () => keepInSight(() => list.current?.querySelector('[aria-current="true"]')),
    [current?.id, ordered[0]?.id],
  );
  return (
    <div className="reports">
      <div className="report-list">
        <ul ref={list} aria-label="Formats">
          {ordered.map((format) => (
            <li key={format.id}>
              <button
                type="button"
                className="report-format"
                aria-current={format.id === current?.id}
                onClick={() => setChosen(format.id)}
              >
                <span className="report-title">
                  {format.title} <span className="muted">.{format.extension}</span>
                </span>
                <span className="muted">{format.purpose}</span>
              </button>
            </li>
          ))}
        </ul>
        <label className="switch">
          <input
            type="checkbox"
            className="tick"
            checked={settings.redact}
            onChange={(event) => changeSettings({ redact: event.target.checked })}
          />
          <span>
            Redact
            <span className="muted">Names of users and hosts, home folders and secrets are replaced.</span>
          </span>
        </label>
      </div>
      {current !== undefined && <Preview key={current.id} audit={audit} format={current} redact={settings.redact} />}
    </div>
  );
}

function Preview({
  audit,
  format,
  redact,
}: {
  readonly audit: Audit;
  readonly format: ReportFormat;
  readonly redact: boolean;
}) {
  const filter = useAppState((state) => state.filter);
  const [isFiltered, setFiltered] = useState(true);
  const [preview, setPreview] = useState<ReportPreview | Problem | undefined>();
  const [asked, setAsked] = useState(0);
  const shown = useMemo(() => filteredRows(audit, filter, format.id), [audit, filter, format.id]);
  const rows = isFiltered ? shown : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another audit is another preview
  useEffect(() => {
    let current = true;
    call('previewReport', { format: format.id, redact, ...(rows === undefined ? {} : { rows }) })
      .catch((error: unknown) => problemFrom(error))
      .then((result) => {
        if (current) {
          setPreview(result);
        }
      });
    return () => {
      current = false;
    };
  }, [audit, format.id, redact, rows, asked]);
  return (
    <section className="preview" aria-label={`Preview of ${format.title}`}>
      <div className="preview-head">
        <div>
          <h2>{format.title}</h2>
          <p className="muted">
            {preview !== undefined && ('bytes' in preview ? sizeOf(preview.bytes) : format.purpose)}
          </p>
        </div>
        <button type="button" className="button" onClick={() => void copyFormat(format, isFiltered)}>
          <Copy size={14} aria-hidden="true" /> Copy
        </button>
        <button type="button" className="button" onClick={() => void exportReport(format.id, true, isFiltered)}>
          <FolderOpen size={14} aria-hidden="true" /> Save as…
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => void exportReport(format.id, false, isFiltered)}
        >
          <Download size={14} aria-hidden="true" /> Export
        </button>
      </div>
      {shown !== undefined && (
        <label className="preview-filter">
          <input
            type="checkbox"
            className="tick"
            checked={isFiltered}
            onChange={(event) => setFiltered(event.target.checked)}
          />
          Only the {grouped(`${shown.length} of ${audit.rows.length}`)} rows that the comparison's filter shows
        </label>
      )}
      {preview === undefined && <p className="redaction-note late">Making the preview…</p>}
      {preview !== undefined && 'message' in preview && (
        <ProblemPanel problem={preview} action={{ label: 'Try again', run: () => setAsked((count) => count + 1) }} />
      )}
      {preview !== undefined && 'text' in preview && (
        <>
          <RedactionList preview={preview} redact={redact} />
          {preview.cut && <p className="redaction-note">The preview shows the beginning; the report has all of it.</p>}
          {format.extension === 'html' || format.extension === 'pdf' ? (
            <PreviewFrame
              title={`Preview of ${format.title}`}
              html={preview.text}
              isPaper={format.extension === 'pdf'}
            />
          ) : (
            <ScrollingText className="preview-text" label="Beginning of the report">
              {preview.text}
              {preview.cut && '\n…'}
            </ScrollingText>
          )}
        </>
      )}
    </section>
  );
}

function RedactionList({ preview, redact }: { readonly preview: ReportPreview; readonly redact: boolean }) {
  if (!redact) {
    return (
      <p className="redaction-note is-alert">
        Redaction is off: the report names this machine, its users and their folders.
      </p>
    );
  }
  return preview.redactions.length === 0 ? (
    <p className="redaction-note">There is nothing to redact in this report.</p>
  ) : (
    <details className="redactions">
      <summary>
        Redaction replaces{' '}
        {preview.redactions.length === 1 ? 'one text' : `${grouped(preview.redactions.length)} texts`}
      </summary>
      <ul>
        {preview.redactions.map(({ kind, original, replacement, count }) => (
          <li key={`${kind} ${original}`}>
            <span className="path">{original}</span>
            <span aria-hidden="true">→</span>
            <span className="visually-hidden">becomes</span>
            <span className="path">{replacement}</span>
            <span className="muted">
              {kind}, {count === 1 ? 'once' : `${grouped(count)} times`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function sizeOf(bytes: number | undefined): string {
  if (bytes === undefined) {
    return '';
  }
  if (bytes < 1024) {
    return `${bytes} bytes`;
  }
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${size.toFixed(size < 100 ? 1 : 0)} ${unit}`;
}
