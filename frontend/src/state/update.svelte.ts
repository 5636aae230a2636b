/** Whether a new version of the page waits, and how to take it. */
export class Update {
  waiting = $state.raw<(() => void) | null>(null);

  /** A new version is there; `take` makes it the current one and loads it. */
  found(take: () => void): void {
    this.waiting = take;
  }

  later(): void {
    this.waiting = null;
  }
}
