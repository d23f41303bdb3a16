import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface PagerProps {
  /** Of the pages that were left behind; the last is that of the page shown. */
  readonly cursors: readonly string[];
  /** Of the page after it; null: it is the last. */
  readonly next: string | null;
  readonly onCursors: (cursors: readonly string[]) => void;
}

/** To newer and older pages of a list; nothing where there is one page. */
export function Pager({ cursors, next, onCursors }: PagerProps) {
  const { t } = useTranslation();
  if (cursors.length === 0 && next === null) return null;
  return (
    <Group mt="md" justify="flex-end">
      <Button variant="default" disabled={cursors.length === 0} onClick={() => onCursors(cursors.slice(0, -1))}>
        {t('Newer')}
      </Button>
      <Button variant="default" disabled={next === null} onClick={() => next !== null && onCursors([...cursors, next])}>
        {t('Older')}
      </Button>
    </Group>
  );
}
