// The service that a person uses comes first. The choice stays on the device.
import { STORED, type Keep } from '../../state/storage';

export function offerPreference(link: HTMLElement, keep: Keep): void {
  arrange(link, keep);
  link.addEventListener('drawn', () => arrange(link, keep));
  link.addEventListener('change', (event) => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.id !== 'first') return;
    keep.write(STORED.service, event.target.value || null);
    arrange(link, keep);
  });
}

function arrange(link: HTMLElement, keep: Keep): void {
  const service = keep.read(STORED.service);
  const choice = link.querySelector<HTMLSelectElement>('#first');
  if (choice) {
    choice.closest<HTMLElement>('.first')?.removeAttribute('hidden');
    choice.value = service ?? '';
  }
  const row = service ? link.querySelector(`#on-${CSS.escape(service)}`) : null;
  if (row && row !== row.parentElement?.firstElementChild) row.parentElement?.prepend(row);
}
