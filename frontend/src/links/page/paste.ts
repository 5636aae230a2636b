/** A pasted address needs no press of the button. */
export function submitOnPaste(page: Document): void {
  page.addEventListener('paste', (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.name !== 'text') return;
    const text = event.clipboardData?.getData('text').trim() ?? '';
    if (!/^https?:\/\/\S+$/i.test(text)) return;
    event.preventDefault();
    field.value = text;
    field.form?.requestSubmit();
  });
}
