/** A picture that cannot be had leaves no hole. */
export function hideMissingArt(link: HTMLElement): void {
  // `error` does not bubble.
  link.addEventListener('error', ({ target }) => target instanceof HTMLImageElement && target.remove(), true);
  for (const art of link.querySelectorAll('img')) if (art.complete && art.naturalWidth === 0) art.remove();
}
