import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTryIt } from './useTryIt.js';
import classes from './TryButton.module.css';

/** Opens and closes the phone of the page. */
export function TryButton() {
  const { t } = useTranslation();
  const { shown, toggle } = useTryIt();
  return (
    <Button
      variant={shown ? 'light' : 'default'}
      leftSection={<IconPlayerPlay size={16} />}
      onClick={toggle}
      aria-pressed={shown}
      aria-label={t('Try it')}
      classNames={classes}
      data-testid="try-button"
    >
      {t('Try it')}
    </Button>
  );
}
