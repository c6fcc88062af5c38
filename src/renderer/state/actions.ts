import { grouped } from '../../core/grouped';
import type { Audit } from '../../core/model/audit';
import type { RowStatus } from '../../core/model/diff';
import { type Problem, ProblemError } from '../../core/model/problem';
import type { CommandId } from '../../ipc/commands';
import type { ReportFormat } from '../../ipc/report';
import type { RunState } from '../../ipc/run';
import type { Settings, SettingsChange } from '../../ipc/settings';
import { changesBetween, sentenceOf } from '../lib/changes';
import { counted } from '../lib/counted';
import { filteredRows } from '../lib/filtered-rows';
import { baseName } from '../lib/paths';
import { viewTitles } from '../lib/view-titles';
import { call, listen } from './api';
import { readColumns, receiveProgress } from './columns';
import { keepSession } from './keep-session';
import { cancelMachine, receiveMachine, refreshMachine } from './machine';
import { cancelPackages, receivePackagesProgress } from './packages';
import { isLater } from './run-order';
import { getState, ownColumns, type Place, setState, type Toast, type View } from './store';
import { markStale, openFolder, restore, showFolder } from './tabs';

let lastToast = 0;

/** Numbers of the last run that was told of, and of the last one before the tab in front came there. */
let lastRun = 0;
let leftRun = 0;

/** Another tab comes to the front: what is still told of the runs of the one that is left is not for it. */
export function leaveRuns(): void {
  leftRun = lastRun;
}

/** Asks for the state of things and listens from then on. */
export async function connect(runCommand: (id: CommandId) => void): Promise<void> {
  const say = (problem: Problem) => showToast({ tone: 'problem', text: problem.message });
  listen('run', receiveRun, refuseRun);
  listen('settings', receiveSettings, say);
  listen('command', runCommand, say);
  listen('notice', (text) => showToast({ tone: 'problem', text }), say);
  listen('columnProgress', receiveProgress, say);
  listen('columnProgress', receivePackagesProgress, say);
  listen('machine', receiveMachine, say);
  listen('stale', ({ folder }) => markStale(folder), say);
  listen('openFolder', ({ folder }) => showFolder(folder), say);
  await attempt(async () => {
    const [run, settings, session] = await Promise.all([call('getRun'), call('getSettings'), call('getSession')]);
    setState({ settings });
    restore(session);
    receiveRun(run);
    readColumns();
    keepSession();
    const info = await call('getAppInfo');
    setState({ info });
    for (const text of info.notices) {
      showToast({ tone: 'problem', text });
    }
  });
}

function receiveSettings(settings: Settings): void {
  const { pathContext, deadlineEach, deadlineTotal } = getState().settings;
  setState({ settings });
  if (
    pathContext !== settings.pathContext ||
    deadlineEach !== settings.deadlineEach ||
    deadlineTotal !== settings.deadlineTotal
  ) {
    refreshMachine();
  }
}

/** An audit came that cannot be shown: the window says so instead of waiting for it. */
function refuseRun(problem: Problem): void {
  const { run } = getState();
  if (run.status !== 'idle') {
    setState({ run: { status: 'failed', id: run.id, request: run.request, problem } });
  }
}

function receiveRun(run: RunState): void {
  const { run: before, audit } = getState();
  if (!isLater(run, before, leftRun)) {
    return;
  }
  lastRun = run.status === 'idle' ? lastRun : Math.max(lastRun, run.id);
  if (run.status === 'done') {
    receiveAudit(run, audit);
    return;
  }
  if (
    run.status === 'cancelled' ||
    (run.status === 'running' && (before.status !== 'running' || before.id !== run.id))
  ) {
    const verb = run.status === 'running' ? 'Auditing' : 'Cancelled the audit of';
    setState({ announcement: `${verb} ${baseName(run.request.folder)}` });
  }
  if (run.status === 'running' && run.early !== undefined && (before.status !== 'running' || !before.early)) {
    setState({ announcement: `The comparison is being filled in: ${counted(run.early.rows.length, 'tool')} so far` });
  }
  const elsewhere = run.status !== 'idle' && before.status !== 'idle' && before.request.folder !== run.request.folder;
  setState({
    run: withEarlier(run, before),
    ...(elsewhere ? { audit: undefined, pastId: undefined, activeItem: undefined, changed: new Map() } : {}),
  });
}

function receiveAudit(run: Extract<RunState, { status: 'done' }>, before: Audit | undefined): void {
  const after = run.audit;
  const elsewhere = before?.target.flake.path !== after.target.flake.path || before.shell !== after.shell;
  const { run: last } = getState();
  // Its first results were shown already, and somebody may be on one of their rows.
  const isGoingOn = before === undefined && last.status === 'running' && last.id === run.id && last.early !== undefined;
  const { changed, clauses } =
    before === undefined || elsewhere ? { changed: new Map(), clauses: [] } : changesBetween(before.rows, after.rows);
  setState({
    run,
    audit: after,
    pastId: undefined,
    // What has changed is said by the toast: two voices at once would drown each other.
    ...(clauses.length === 0 ? { announcement: grouped(after.summary.headline) } : {}),
    changed,
    ...(elsewhere && !isGoingOn ? { activeItem: undefined } : {}),
  });
  readColumns();
  if (clauses.length > 0) {
    showToast({
      tone: 'plain',
      text: `The comparison has changed: ${sentenceOf(clauses)}. ${grouped(after.summary.headline)}`,
      about: 'changes',
    });
  }
}

/** Progress and the first results of a run come one by one: what came before stays. */
function withEarlier(run: RunState, before: RunState): RunState {
  return run.status === 'running' && before.status === 'running' && run.id === before.id
    ? {
        ...run,
        ...(run.progress === undefined && before.progress !== undefined ? { progress: before.progress } : {}),
        ...(before.early === undefined ? {} : { early: { ...before.early, ...run.early } }),
      }
    : run;
}

/** Audits a flake in the tab in front. A failure shows as an alert. */
export function startAudit(folder: string, { system, shell }: { system?: string; shell?: string } = {}): void {
  void attempt(() =>
    call('startAudit', {
      folder,
      ...(system === undefined ? {} : { system }),
      ...(shell === undefined ? {} : { shell }),
    }),
  );
}

/** The same flake, system and shell once more; without a project, this machine. */
export function auditAgain(): void {
  const { run } = getState();
  if (run.status !== 'idle') {
    void attempt(() => call('startAudit', run.request));
  } else {
    refreshMachine();
  }
}

/** Gives up what is being read. */
export function cancelAudit(): void {
  if (getState().run.status === 'running') {
    void attempt(() => call('cancelAudit'));
  } else {
    cancelMachine();
    cancelPackages();
  }
}

/** Lets the user choose a flake, and opens it. */
export async function openFlake(): Promise<void> {
  const chosen = await attempt(() => call('chooseFlake'));
  if (chosen) {
    openFolder(chosen.folder);
  }
}

/** Writes the report in the format that was used last, or in the given one. */
export async function exportReport(format?: string, ask = false, isFiltered = true): Promise<void> {
  const { settings, audit, filter } = getState();
  const id = format ?? settings.reportFormat;
  const rows = isFiltered ? filteredRows(audit, filter, id) : undefined;
  const request = { format: id, redact: settings.redact, ...(rows === undefined ? {} : { rows }) };
  const written = await attempt(() => call('exportReport', { ...request, ask }));
  if (written) {
    const part = rows === undefined ? '' : `, with the ${grouped(rows.length)} rows that the filter shows`;
    showSaved(written.path, part);
  }
}

/** Asks where the snapshot of this machine that is shown shall go, for somebody else to compare with. */
export async function saveSnapshot(): Promise<void> {
  const { redact } = getState().settings;
  const written = await attempt(() => call('saveSnapshot', { redact }));
  if (written) {
    showSaved(written.path);
  }
}

function showSaved(path: string, part = ''): void {
  showToast({
    tone: 'plain',
    text: `Saved ${baseName(path)}${part}`,
    action: { label: 'Show in folder', run: () => revealFile(path) },
  });
}

/** Puts the report on the clipboard, for an issue, and says so. */
export async function copyReport(): Promise<void> {
  const { settings } = getState();
  const done = await attempt(async () => {
    await call('copyReport', { redact: settings.redact });
    return true;
  });
  if (done) {
    showToast({ tone: 'plain', text: 'Report copied: pastes as a formatted page or as Markdown', about: 'clipboard' });
  }
}

/** A report as its preview shows it: a page as a page, text as text. */
export async function copyFormat({ id, title, extension }: ReportFormat, isFiltered: boolean): Promise<void> {
  if (extension === 'html' || extension === 'pdf') {
    await (id.startsWith('checklist') ? copyChecklist() : copyReport());
    return;
  }
  const { settings, audit, filter } = getState();
  const rows = isFiltered ? filteredRows(audit, filter, id) : undefined;
  const done = await attempt(async () => {
    await call('copyReportText', { format: id, redact: settings.redact, ...(rows === undefined ? {} : { rows }) });
    return true;
  });
  if (done) {
    showToast({ tone: 'plain', text: `Copied as ${title}`, about: 'clipboard' });
  }
}

/** The checklist as the body of an issue, and as a page. */
export async function copyChecklist(): Promise<void> {
  const { settings } = getState();
  const done = await attempt(async () => {
    await call('copyReport', { redact: settings.redact, what: 'checklist' });
    return true;
  });
  if (done) {
    showToast({ tone: 'plain', text: 'Checklist copied: paste it into an issue', about: 'clipboard' });
  }
}

/**
 * Puts a text on the clipboard.
 *
 * @param what what it is, for the message
 */
export async function copyText(text: string, what: string): Promise<void> {
  const done = await attempt(async () => {
    await call('writeClipboard', { text });
    return true;
  });
  if (done) {
    showToast({ tone: 'plain', text: `Copied ${what}`, about: 'clipboard' });
  }
}

export function revealFile(path: string): void {
  void attempt(() => call('revealFile', { path }));
}

/** Changes some settings; they are kept. */
export function changeSettings(change: SettingsChange): void {
  void attempt(async () => setState({ settings: await call('changeSettings', change) }));
}

export function forgetRecent(folder: string): void {
  void attempt(async () => setState({ settings: await call('forgetRecent', { folder }) }));
}

/** Shows a kept audit in place of the present one. */
export async function openPast(id: string): Promise<void> {
  const audit = await attempt(() => call('openHistory', { id }));
  if (audit) {
    setState({
      audit,
      pastId: id,
      activeItem: undefined,
      columns: ownColumns,
      reference: 'target',
      changed: new Map(),
    });
    go({ view: 'compare' });
  }
}

/** Back from the history to the present. */
export function leavePast(): void {
  const { run } = getState();
  setState({ pastId: undefined, audit: run.status === 'done' ? run.audit : undefined, activeItem: undefined });
  readColumns();
}

/** A place, with its name for those who do not see it. */
function at(place: Place) {
  return { place, announcement: viewTitles[place.view] };
}

/** Goes to a place and remembers the one that is left. */
export function go(place: Place): void {
  const { place: here, back } = getState();
  if (here.view === place.view && here.focus === place.focus) {
    return;
  }
  setState({ ...at(place), back: [...back.slice(-49), here], forward: [] });
}

/** Goes to a view, as a place that *back* leads away from. */
export function goToView(view: View): void {
  go({ view });
}

/** The comparison with only the rows of one status. */
export function showStatus(status: RowStatus): void {
  setState({ filter: { ...getState().filter, text: '', statuses: new Set([status]) } });
  go({ view: 'compare' });
}

export function goBack(): void {
  const { place, back, forward } = getState();
  const before = back.at(-1);
  if (before !== undefined) {
    setState({ ...at(before), back: back.slice(0, -1), forward: [place, ...forward] });
  }
}

export function goForward(): void {
  const { place, back, forward } = getState();
  const [next, ...rest] = forward;
  if (next !== undefined) {
    setState({ ...at(next), back: [...back, place], forward: rest });
  }
}

/** So many messages are shown at a time. */
const toastLimit = 3;

/** Shows a message that goes by itself; the oldest ones make room. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  lastToast += 1;
  const others = getState().toasts.filter(({ about }) => about === undefined || about !== toast.about);
  const toasts = [...others, { ...toast, id: lastToast }];
  setState({ toasts: toasts.slice(-toastLimit) });
  for (const { onGone } of toasts.slice(0, -toastLimit)) {
    onGone?.();
  }
}

export function dismissToast(id: number): void {
  const { toasts } = getState();
  const going = toasts.find((toast) => toast.id === id);
  setState({ toasts: toasts.filter((toast) => toast !== going) });
  going?.onGone?.();
}

/** Runs something that may fail; the user is told why. Gives `undefined` then. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const { message, hint } = problemFrom(error);
    showToast({ tone: 'problem', text: hint === undefined ? message : `${message} ${hint}` });
    return undefined;
  }
}

/** Whatever was thrown, as a problem that can be shown. */
export function problemFrom(error: unknown): Problem {
  return error instanceof ProblemError
    ? error.problem
    : { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
