import {
  Clock,
  Columns2,
  Cpu,
  FileOutput,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Settings,
  Target,
} from 'lucide-react';
import type { CommandId } from '../../ipc/commands';
import { commandOf } from '../commands';
import { counted } from '../lib/counted';
import { viewTitles } from '../lib/view-titles';
import { keysForPeople } from '../shortcuts';
import { goToView } from '../state/actions';
import { useAppState, type View } from '../state/store';
import { FlakeSwitcher } from './flake-switcher';

const links: readonly { readonly view: View; readonly icon: LucideIcon }[] = [
  { view: 'overview', icon: LayoutDashboard },
  { view: 'compare', icon: Columns2 },
  { view: 'snapshot', icon: Cpu },
  { view: 'target', icon: Target },
  { view: 'reports', icon: FileOutput },
  { view: 'history', icon: Clock },
  { view: 'checklist', icon: ListChecks },
];

/** Larger numbers do not fit on a symbol, and say no more. */
const badgeLimit = 999;

/** More than two digits would hide the picture that they are on, where there are only pictures. */
const roomForDigits = 99;

/** Which flake is open, and the views. */
export function Sidebar() {
  const here = useAppState((state) => state.place.view);
  const differences = useAppState(({ audit }) =>
    audit === undefined
      ? 0
      : audit.summary.drift + audit.summary.missing + audit.summary.shadowed + audit.summary.unknown,
  );
  return (
    <div className="sidebar">
      <FlakeSwitcher />
      <nav aria-label="Views">
        {links.map(({ view, icon }) => (
          <SidebarLink key={view} view={view} icon={icon} current={here === view}>
            {view === 'compare' && differences > 0 && (
              <span
                className={differences > roomForDigits ? 'badge is-long' : 'badge'}
                title={counted(differences, 'difference')}
              >
                <span className="badge-number">{differences > badgeLimit ? `${badgeLimit}+` : differences}</span>
                <span className="visually-hidden">{differences === 1 ? ' difference' : ' differences'}</span>
              </span>
            )}
          </SidebarLink>
        ))}
        <span className="sidebar-space" />
        <SidebarLink view="settings" icon={Settings} current={here === 'settings'} />
      </nav>
    </div>
  );
}

function SidebarLink({
  view,
  icon: Icon,
  current,
  children,
}: {
  readonly view: View;
  readonly icon: LucideIcon;
  readonly current: boolean;
  readonly children?: React.ReactNode;
}) {
  const title = viewTitles[view];
  const { keys } = commandOf(`view-${view}` satisfies CommandId);
  return (
    <button
      type="button"
      className="sidebar-link"
      aria-current={current ? 'page' : undefined}
      title={keys === undefined ? title : `${title} (${keysForPeople(keys)})`}
      onClick={() => goToView(view)}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="sidebar-title">{title}</span>
      {children}
    </button>
  );
}
