import { app, session } from 'electron';

/** Closes every way out of the window: other pages, new windows, webviews, permissions, downloads, the network. */
export function setupSecurity(): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault();
      console.error(`refused: ${what}`);
    };
    contents.on('will-navigate', refuse('navigation'));
    contents.on('will-frame-navigate', refuse('navigation of a frame'));
    contents.on('will-redirect', refuse('redirection'));
    contents.on('will-attach-webview', refuse('webview'));
    contents.setWindowOpenHandler(({ url }) => {
      console.error(`refused: new window for ${url}`);
      return { action: 'deny' };
    });
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    console.error(`refused: permission ${permission}`);
    answer(false);
  });
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const allowed = details.url.startsWith('app:') || /^(?:devtools|data|blob):/u.test(details.url);
    if (!allowed) {
      console.error(`refused: request to ${details.url}`);
    }
    answer({ cancel: !allowed });
  });
}
