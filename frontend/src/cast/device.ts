/** What this device says about itself: no more than what is useful in a list. */
import type { Form } from './wire';

export function deviceForm(userAgent: string, touchPoints: number): Form {
  if (/iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'tablet';
  if (/iPhone|Android.*Mobile|Mobile.*Firefox/.test(userAgent)) return 'phone';
  return /Android/.test(userAgent) ? 'tablet' : 'computer';
}

export function thisForm(): Form {
  return deviceForm(navigator.userAgent, navigator.maxTouchPoints);
}

/** Phones and tablets have no tab whose sound they could share. */
export function isHandheld(form: Form): boolean {
  return form === 'phone' || form === 'tablet';
}
