import { useEffect } from 'react';
import { AlertDialog } from './components/alert-dialog';
import { Announcer } from './components/announcer';
import { DropZone } from './components/drop-zone';
import { Footer } from './components/footer';
import { Header } from './components/header';
import { Shortcuts } from './components/shortcuts-dialog';
import { Sidebar } from './components/sidebar';
import { TabBar } from './components/tab-bar';
import { Toasts } from './components/toasts';
import { AddColumn, Palette } from './lazy-views';
import { keepFocus } from './lib/keep-focus';
import { listenToKeys } from './shortcuts';
import { Stage } from './stage';
import { useAppState } from './state/store';

/** The window: a sidebar, a header, the view, and what lies over them. */
export function App() {
  const overlay = useAppState((state) => state.overlay);
  const theme = useAppState((state) => state.settings.theme);
  useEffect(listenToKeys, []);
  useEffect(() => keepFocus(document.body), []);
  useEffect(() => {
    document.documentElement.dataset['contrast'] = theme === 'contrast' ? 'more' : 'normal';
  }, [theme]);
  return (
    <div className="app">
      <Sidebar />
      <div className="app-main">
        <TabBar />
        <Header />
        <main className="stage" id="stage" tabIndex={-1}>
          <Stage />
        </main>
        <Footer />
      </div>
      <DropZone />
      <Toasts />
      <Announcer />
      {overlay === 'palette' && <Palette />}
      {overlay === 'add-column' && <AddColumn />}
      {overlay === 'shortcuts' && <Shortcuts />}
      <AlertDialog />
    </div>
  );
}
