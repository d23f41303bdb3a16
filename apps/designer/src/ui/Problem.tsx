import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { describe } from './describe.js';

/** Says what went wrong, and offers to try again where that can help. */
export function Problem({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={title ?? t('That did not work')}
      role="alert"
    >
      <p className="plain">{describe(error)}</p>
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {t('Try again')}
        </Button>
      )}
    </Alert>
  );
}
