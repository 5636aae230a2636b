/** Dragging a row of the queue by its handle, with a mouse or a finger. Buttons do the same. */

export class DragOrder {
  /** What is dragged. */
  item = $state<string | null>(null);
  /** Before which other it would come to stand; empty: at the end. */
  before = $state<string | null>(null);

  constructor(private readonly moved: (item: string, before: string | null) => void) {}

  begin(event: PointerEvent, item: string, list: HTMLElement): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget as HTMLElement;
    handle.setPointerCapture(event.pointerId);
    this.item = item;
    this.before = item;
    const move = (moved: PointerEvent) => (this.before = placeUnder(moved.clientY, list));
    const end = (ended: PointerEvent) => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', end);
      handle.removeEventListener('pointercancel', end);
      const { before } = this;
      this.item = null;
      this.before = null;
      const stays = before === item || before === followerOf(item, list);
      if (ended.type === 'pointerup' && !stays) this.moved(item, before === '' ? null : before);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', end);
    handle.addEventListener('pointercancel', end);
  }
}

const rowsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-row]')];

/** The first row whose middle lies below the pointer. */
function placeUnder(y: number, list: HTMLElement): string {
  const below = rowsOf(list).find((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below?.dataset.row ?? '';
}

function followerOf(item: string, list: HTMLElement): string {
  const rows = rowsOf(list);
  return rows[rows.findIndex((row) => row.dataset.row === item) + 1]?.dataset.row ?? '';
}
