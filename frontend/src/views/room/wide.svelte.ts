/** Whether list, stage and side fit beside each other. The styles ask the same. */
const WIDE = '(min-width: 1100px)';

export class Wide {
  is = $state(false);

  /** Follows the window until the returned function is called. */
  watch(): () => void {
    const query = matchMedia(WIDE);
    const look = (): void => void (this.is = query.matches);
    look();
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }
}
