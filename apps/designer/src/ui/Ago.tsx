import { useTranslation } from 'react-i18next';
import { formatAgo, formatDateTime } from '../app/format.js';
import { useNow } from './useNow.js';

/** A moment as people say it, with the exact time on hover. */
export function Ago({ at }: { at: string }) {
  useTranslation();
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatAgo(at, now)}
    </time>
  );
}
