/** Lets a person choose a file; null when they think better of it. */
export function chooseFile(accept: string): Promise<File | null> {
  const input = window.document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
