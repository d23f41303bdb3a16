import { failure, NetworkError, parse } from './client.js';

/** A POST of a form that tells how much of it is sent, from 0 to 1: `fetch` cannot. Rejects as `request` does. */
export function uploadWithProgress<T>(path: string, form: FormData, onProgress: (done: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api${path}`);
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(loaded / total);
    });
    request.addEventListener('error', () => reject(new NetworkError(new Error('The upload broke off'))));
    request.addEventListener('load', () => {
      const { status, statusText, responseText } = request;
      const body = parse(responseText);
      const headers = new Headers({ 'retry-after': request.getResponseHeader('retry-after') ?? '' });
      if (status >= 200 && status < 300) resolve(body as T);
      else reject(failure({ status, statusText, headers }, body));
    });
    request.send(form);
  });
}
