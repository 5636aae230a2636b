/** The page that holds this frame: only what is of this origin is heard, and nothing is said to others. */
import { envelope, type FrameCommand, type FrameNews, readCommand } from '../protocol';

export function say(news: FrameNews): void {
  if (window.parent !== window) window.parent.postMessage(envelope(news), location.origin);
}

export function onCommand(run: (command: FrameCommand) => void): void {
  window.addEventListener('message', ({ source, origin, data }) => {
    if (source !== window.parent || source === window || origin !== location.origin) return;
    const command = readCommand(data);
    if (command) run(command);
  });
}

/** The player fills the frame. A sheet made by script needs no exception in the content policy. */
export function fill(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html,body{height:100%;margin:0;overflow:hidden;background:#000}#player,iframe{display:block;width:100%;height:100%;border:0}');
  document.adoptedStyleSheets = [sheet];
}
