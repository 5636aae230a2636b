/** Runs in `/embed/turnstile`: Cloudflare's check, in a document of its own, which tells the page around it what came of it. */
import { type CheckNews, envelope } from './protocol';

/** The parts of the documented script that are used. */
interface Turnstile {
  render(element: string, options: Record<string, unknown>): string | undefined;
}

declare global {
  interface Window {
    turnstile?: Turnstile;
  }
}

const LOADER = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit';
/** Narrower than this its wide form does not fit. */
const WIDE_PX = 300;

function say(news: CheckNews): void {
  if (window.parent !== window) window.parent.postMessage(envelope(news), location.origin);
}

function check(): void {
  const asked = new URLSearchParams(location.hash.slice(1));
  const fault = (): boolean => {
    say({ say: 'fault' });
    return true;
  };
  window.turnstile?.render('#player', {
    sitekey: document.body.dataset['client'],
    action: asked.get('for'),
    language: asked.get('lang') ?? 'auto',
    size: window.innerWidth < WIDE_PX ? 'compact' : 'flexible',
    'response-field': false,
    callback: (token: string) => say({ say: 'passed', token }),
    'error-callback': fault,
    'timeout-callback': fault,
    'unsupported-callback': fault,
  });
}

// A sheet made by script needs no exception in the content policy.
const sheet = new CSSStyleSheet();
sheet.replaceSync('html,body{margin:0;overflow:hidden}');
document.adoptedStyleSheets = [sheet];

const script = document.createElement('script');
script.src = LOADER;
script.onload = check;
script.onerror = () => say({ say: 'fault' });
document.head.append(script);
