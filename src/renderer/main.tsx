import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/code.css';
import './styles/dialogs.css';
import './styles/compare.css';
import './styles/details.css';
import './styles/pages.css';
import './styles/overview.css';
import './styles/snapshot.css';
import './styles/reports.css';
import './styles/settings.css';
import './styles/history.css';
import './styles/forced-colors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { runCommand } from './commands';
import { connect } from './state/actions';
import { hasRoomForDetails, onceThereIsRoomForDetails } from './state/details-pane';
import { setState } from './state/store';

const root = document.getElementById('root');
if (root === null) {
  throw new Error('index.html has no #root');
}
void connect(runCommand);
if (!hasRoomForDetails()) {
  onceThereIsRoomForDetails(() => setState({ detailsOpen: true }));
}
// Where the system has no face of its own (see --sans), ours are there before the rows are laid out, and not after.
if (navigator.userAgent.includes('Linux')) {
  void Promise.allSettled([...document.fonts].map((face) => face.load()));
}
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
