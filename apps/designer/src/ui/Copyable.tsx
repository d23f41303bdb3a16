import { ActionIcon, Code, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Copyable.module.css';

/** A value to be copied as it is: an address, a token. */
export function Copyable({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.copyable}>
      <Code className={classes.value}>{value}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('Copied') : t('Copy')}>
            <ActionIcon size="sm" onClick={copy} aria-label={t('Copy {{what}}', { what: label })}>
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
